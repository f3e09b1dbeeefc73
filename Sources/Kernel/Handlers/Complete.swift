import Jupyter

extension RequestHandler {
  static let complete = RequestHandler(type: "complete_request", channels: anywhere) { kernel, _, fields in
    let request = try CompleteRequest(fields)
    return .reply(.completeReply(kernel.interpreter.complete(request.code, at: request.position)))
  }
}
