import Jupyter

extension RequestHandler {
  /// The reply comes once the running cell has stopped. On shell it is deprecated, and still used.
  static let shutdown = RequestHandler(type: "shutdown_request", channels: anywhere) { kernel, request, fields in
    kernel.end(.requested(request, restart: try ShutdownRequest(fields).restart))
    return .later
  }
}
