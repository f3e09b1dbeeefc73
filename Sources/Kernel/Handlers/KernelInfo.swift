import Jupyter

extension RequestHandler {
  static let kernelInfo = RequestHandler(type: "kernel_info_request", channels: anywhere) { kernel, _, _ in
    .reply(.kernelInfoReply(kernel.interpreter.identity, features: ["kernel subshells"]))
  }
}
