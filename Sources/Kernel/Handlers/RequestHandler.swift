import Jupyter

/// How one type of request is served. Each has a file beside this one and a line in `all`.
struct RequestHandler: Sendable {
  enum Answer: Sendable {
    case reply(Message)
    /// The type has no reply.
    case nothing
    /// The reply takes longer to make than a heartbeat may wait: it is made on the clerk's thread.
    case slow(@Sendable () -> Message)
    /// The handler sends the reply and the idle status itself, when it is done.
    case later
  }
  typealias Serve = @Sendable (Kernel, Request, Fields) throws -> Answer

  let type: String
  let channels: Set<Channel>
  /// Whether the dispatcher says busy before serving. A cell says it when its turn comes, and input is no request.
  var isFramed = true
  let serve: Serve

  /// On control everything is served that does not run a cell: a client can ask there while shell is flooded.
  static let anywhere: Set<Channel> = [.shell, .control]

  /// A question about a cell: a long one takes a while to read.
  static func question(about code: String, _ reply: @escaping @Sendable () -> Message) -> Answer {
    code.utf8.count < 32 << 10 ? .reply(reply()) : .slow(reply)
  }

  static let all: [RequestHandler] = [
    .execute, .inspect, .complete, .history, .isComplete, .connect, .commInfo, .commOpen, .commMessage, .commClose,
    .kernelInfo, .shutdown, .interrupt, .debug, .createSubshell, .deleteSubshell, .listSubshell, .usage, .input,
  ]

  static let table = Dictionary(uniqueKeysWithValues: all.map { ($0.type, $0) })
}
