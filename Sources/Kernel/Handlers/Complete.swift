import Jupyter

extension RequestHandler {
  static let complete = RequestHandler(type: "complete_request", channels: anywhere) { kernel, _, fields in
    let request = try CompleteRequest(fields)
    let interpreter = kernel.interpreter
    return question(about: request.code) { .completeReply(interpreter.complete(request.code, at: request.position)) }
  }
}
