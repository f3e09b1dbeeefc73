import Jupyter

extension RequestHandler {
  /// The files may be long.
  static let history = RequestHandler(type: "history_request", channels: anywhere) { kernel, request, fields in
    let wanted = try HistoryRequest(fields)
    let session = try kernel.shell(for: request).history
    return .slow { .historyReply(session.entries(for: wanted.access), withOutput: wanted.withOutput) }
  }
}
