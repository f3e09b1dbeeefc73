import Jupyter

extension RequestHandler {
  static let usage = RequestHandler(type: "usage_request", channels: anywhere) { kernel, _, _ in
    .reply(.usageReply(kernel.usage.read(), host: UsageMeter.hostName))
  }
}
