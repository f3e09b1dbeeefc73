import Jupyter

extension RequestHandler {
  /// Stops what runs, in every shell, or in the one subshell that the header names. With nothing running it does
  /// nothing, and the next cell is not concerned.
  static let interrupt = RequestHandler(type: "interrupt_request", channels: anywhere) { kernel, request, _ in
    if request.header.subshellID == nil { kernel.interruptAll() } else { try kernel.shell(for: request).interrupt() }
    return .reply(.interruptReply())
  }
}
