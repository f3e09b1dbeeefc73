import Jupyter

extension RequestHandler {
  static let connect = RequestHandler(type: "connect_request", channels: anywhere) { kernel, _, _ in
    .reply(.connectReply(kernel.connection))
  }
}
