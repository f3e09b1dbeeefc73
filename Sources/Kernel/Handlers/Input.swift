import Jupyter

extension RequestHandler {
  /// Hands a typed line to the cell that asked: the one the reply names as its parent, else the one that waits.
  static let input = RequestHandler(type: "input_reply", channels: [.stdin], isFramed: false) {
    kernel, request, fields in
    let line = try InputReply(fields).value
    let waiting = kernel.allShells.compactMap(\.running).filter(\.input.isWaiting)
    let named = waiting.first { $0.request.header.messageID == request.parentID }
    (named ?? (request.parentID == nil ? waiting.first : nil))?.input.deliver(line)
    return .later
  }
}
