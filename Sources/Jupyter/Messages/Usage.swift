/// What the process uses, for front ends that show it (`usage_request`, an extension that ipykernel brought).
package struct ResourceUsage: Sendable {
  package var processID: Int
  package var residentBytes: Int
  /// Share of one core since the last question, in percent.
  package var processorPercent: Double

  package init(processID: Int, residentBytes: Int, processorPercent: Double) {
    self.processID = processID
    self.residentBytes = residentBytes
    self.processorPercent = processorPercent
  }
}

extension Message {
  package static func usageReply(_ usage: ResourceUsage, host: String) -> Message {
    Message(
      "usage_reply",
      [
        "status": "ok", "hostname": .string(host), "pid": .int(usage.processID),
        "kernel_memory": .int(usage.residentBytes), "kernel_cpu": .double(usage.processorPercent),
      ])
  }
}
