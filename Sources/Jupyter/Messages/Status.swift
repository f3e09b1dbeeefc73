/// What the kernel is doing. Busy and idle frame everything that a request causes.
package enum KernelStatus: String, Sendable {
  case starting, busy, idle
}

extension Message {
  package static func status(_ status: KernelStatus) -> Message {
    Message("status", ["execution_state": .string(status.rawValue)])
  }
}
