import Jupyter

extension RequestHandler {
  static let inspect = RequestHandler(type: "inspect_request", channels: anywhere) { kernel, _, fields in
    let request = try InspectRequest(fields)
    let bundle = kernel.interpreter.inspect(request.code, at: request.position, detail: request.detail)
    return .reply(.inspectReply(bundle))
  }
}
