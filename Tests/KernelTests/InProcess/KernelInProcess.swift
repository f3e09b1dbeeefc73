import EchoInterpreter
import Foundation
import Jupyter
import Kernel
import Logging
import Testing

/// A kernel of the echo language on a thread of this process, and its one client.
final class KernelInProcess: @unchecked Sendable {
  /// One message that the kernel sent, parsed.
  struct Answer: Sendable {
    var channel: Channel
    var type: String
    var content: JSON
    var parent: String?
  }

  let exchange = QueueExchange()
  private let authenticator = Authenticator(scheme: .sha256, key: Array("a secret".utf8))
  private let status = NSCondition()
  private var exit: Int32?

  /// Starts it; `hears` says whether a subscriber is there, without whom cells are held.
  init(hears: Bool = true) throws {
    let connection = try Connection(
      JSON(parsing: Array(#"{"key": "a secret", "signature_scheme": "hmac-sha256"}"#.utf8)))
    let folder = FileManager.default.temporaryDirectory.appending(path: "attune-\(UUID().uuidString)").path
    var logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    logger.logLevel = .critical
    let kernel = try Kernel(
      serving: EchoInterpreter(), through: exchange, as: connection,
      options: KernelOptions(historyFolder: folder, logger: logger))
    let held = Held(kernel)
    Thread { [status, weak self] in
      let code = (try? held.kernel.run()) ?? -1
      status.lock()
      self?.exit = code
      status.broadcast()
      status.unlock()
      try? FileManager.default.removeItem(atPath: folder)
    }.start()
    if hears { exchange.deliver([[1]], on: .iopub) }
  }

  /// A kernel belongs to the thread that runs it; it is handed over once.
  private struct Held: @unchecked Sendable {
    let kernel: Kernel
    init(_ kernel: Kernel) { self.kernel = kernel }
  }

  deinit { send("shutdown_request", ["restart": false], on: .control) }

  /// The exit status, once it has ended.
  func exitStatus() -> Int32? {
    let deadline = Date(timeIntervalSinceNow: 60)
    status.lock()
    defer { status.unlock() }
    while exit == nil, status.wait(until: deadline) {}
    return exit
  }

  /// The frames of a request, as a client signs them.
  func frames(_ type: String, _ content: JSON, id: String, subshell: String? = nil, parent: JSON = [:])
    -> [WireMessage.Frame]
  {
    var header: JSON = [
      "msg_id": .string(id), "msg_type": .string(type), "session": "client", "username": "tester", "version": "5.5",
      "date": "2026-01-01T00:00:00Z",
    ]
    if let subshell, case .object(var members) = header {
      members["subshell_id"] = .string(subshell)
      header = .object(members)
    }
    return WireMessage(
      identities: [Array("client".utf8)], header: header.bytes, parentHeader: parent.bytes,
      metadata: Array("{}".utf8), content: content.bytes, signedBy: authenticator
    ).frames
  }

  /// Sends a request and gives its id.
  @discardableResult
  func send(
    _ type: String, _ content: JSON = [:], on channel: Channel = .shell, subshell: String? = nil, parent: JSON = [:]
  ) -> String {
    let id = UUID().uuidString
    exchange.deliver(frames(type, content, id: id, subshell: subshell, parent: parent), on: channel)
    return id
  }

  @discardableResult
  func execute(_ code: String, subshell: String? = nil, input: Bool = false, stops: Bool = true) -> String {
    send(
      "execute_request",
      [
        "code": .string(code), "silent": false, "store_history": true, "user_expressions": [:],
        "allow_stdin": .bool(input), "stop_on_error": .bool(stops),
      ], subshell: subshell)
  }

  /// All that answers a request, up to its idle status, in the order in which it was sent.
  func answers(to id: String) throws -> [Answer] {
    try #require(
      exchange.sent { sent in
        let mine = Self.answers(sent).filter { $0.parent == id }
        let isDone = mine.contains { $0.type == "status" && $0.content["execution_state"] == "idle" }
        return isDone && mine.contains { $0.channel != .iopub } ? mine : nil
      }, "\(id) was not answered")
  }

  /// The first message that a request caused and that fits.
  func answer(to id: String, where fits: (Answer) -> Bool) throws -> Answer {
    try #require(exchange.sent { sent in Self.answers(sent).first { $0.parent == id && fits($0) } })
  }

  /// Sends a question and gives its reply.
  func ask(_ type: String, _ content: JSON = [:], on channel: Channel = .shell) throws -> Answer {
    let id = send(type, content, on: channel)
    return try #require(try answers(to: id).first { $0.channel == channel })
  }

  /// The headers of everything that was sent, as words: "status busy", "stream", "execute_reply ok".
  static func words(_ answers: [Answer]) -> [String] {
    answers.map { answer in
      let more =
        answer.content["execution_state"]?.string ?? (answer.channel == .iopub ? nil : answer.content["status"]?.string)
      return more.map { "\(answer.type) \($0)" } ?? answer.type
    }
  }

  static func answers(_ sent: [(channel: Channel, frames: [WireMessage.Frame])]) -> [Answer] {
    sent.compactMap { channel, frames in
      guard let message = WireMessage(frames: frames), let header = try? JSON(parsing: message.header),
        let content = try? JSON(parsing: message.content), let type = header["msg_type"]?.string
      else { return nil }
      let parent = (try? JSON(parsing: message.parentHeader))?["msg_id"]?.string
      return Answer(channel: channel, type: type, content: content, parent: parent)
    }
  }
}
