import Jupyter

extension RequestHandler {
  static let isComplete = RequestHandler(type: "is_complete_request", channels: anywhere) { kernel, _, fields in
    let request = try IsCompleteRequest(fields)
    let interpreter = kernel.interpreter
    return question(about: request.code) { .isCompleteReply(interpreter.completeness(of: request.code)) }
  }
}
