import Jupyter

extension RequestHandler {
  static let isComplete = RequestHandler(type: "is_complete_request", channels: anywhere) { kernel, _, fields in
    let request = try IsCompleteRequest(fields)
    return .reply(.isCompleteReply(kernel.interpreter.completeness(of: request.code)))
  }
}
