import Jupyter

extension RequestHandler {
  /// Queues a cell. Its busy status comes when its turn does.
  static let execute = RequestHandler(type: "execute_request", channels: [.shell], isFramed: false) {
    kernel, request, fields in
    let execute = try ExecuteRequest(fields)
    let shell = try kernel.shell(for: request)
    let job = Job(request: request, execute: execute)
    let stops = execute.stopsOnError && !execute.isSilent
    kernel.carryOut(shell.queue.enqueue(job, stopsOnError: stops, at: .now), on: shell)
    return .later
  }
}
