/// The five sockets of a kernel.
package enum Channel: String, CaseIterable, Sendable {
  case shell, control, stdin, iopub, heartbeat
}
