import Jupyter

extension RequestHandler {
  static let inspect = RequestHandler(type: "inspect_request", channels: anywhere) { kernel, _, fields in
    let request = try InspectRequest(fields)
    let interpreter = kernel.interpreter
    return question(about: request.code) {
      .inspectReply(interpreter.inspect(request.code, at: request.position, detail: request.detail))
    }
  }
}
