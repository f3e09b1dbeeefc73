import Jupyter

extension RequestHandler {
  static let debug = RequestHandler(type: "debug_request", channels: anywhere) { _, _, fields in
    .reply(.debugReply(refusing: fields))
  }
}
