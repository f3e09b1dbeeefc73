import Jupyter

/// Subshells (Jupyter enhancement proposal 91) are made, listed and deleted on control.
extension RequestHandler {
  static let createSubshell = RequestHandler(type: "create_subshell_request", channels: [.control]) { kernel, _, _ in
    guard kernel.subshells.count < 64 else { throw MalformedContent(message: "there are 64 subshells already") }
    kernel.subshellsMade += 1
    let id = randomIdentifier()
    kernel.subshells[id] = Shell(
      id: id, crashSlot: kernel.subshellsMade, history: kernel.history.session(), isHeld: !kernel.hasListener)
    return .reply(.createSubshellReply(id))
  }

  /// Its running cell is interrupted, what waits in it is refused.
  static let deleteSubshell = RequestHandler(type: "delete_subshell_request", channels: [.control]) {
    kernel, _, fields in
    let id = try DeleteSubshellRequest(fields).id
    guard let shell = kernel.subshells[id] else { throw MalformedContent(message: "there is no subshell '\(id)'") }
    shell.interrupt()
    kernel.carryOut(shell.queue.close(), on: shell)
    kernel.retire(shell)
    return .reply(.deleteSubshellReply())
  }

  static let listSubshell = RequestHandler(type: "list_subshell_request", channels: [.control]) { kernel, _, _ in
    .reply(.listSubshellReply(kernel.subshells.values.filter { !$0.isRetired }.compactMap(\.id).sorted()))
  }
}
