import Jupyter

/// Attune has no comm targets: an opened comm is closed at once, and nothing else is expected.
extension RequestHandler {
  static let commInfo = RequestHandler(type: "comm_info_request", channels: anywhere) { _, _, fields in
    _ = try fields.string("target_name", default: "")
    return .reply(.commInfoReply())
  }

  static let commOpen = RequestHandler(type: "comm_open", channels: anywhere) { kernel, request, fields in
    kernel.publish(.commClose(try CommOpen(fields).id), answering: request.header)
    return .nothing
  }

  static let commMessage = RequestHandler(type: "comm_msg", channels: anywhere) { _, _, _ in .nothing }

  static let commClose = RequestHandler(type: "comm_close", channels: anywhere) { _, _, _ in .nothing }
}
