import Logging

/// What surrounds a kernel: a process of its own, or a test that holds several.
package struct KernelOptions: Sendable {
  package var historyFolder: String
  package var environment: [String: String]
  /// SIGINT interrupts, SIGTERM and SIGHUP end. Off where the process is not the kernel's own.
  package var handlesSignals: Bool
  package var watchesParent: Bool
  package var logger: Logger

  package init(
    historyFolder: String, environment: [String: String] = [:], handlesSignals: Bool = false,
    watchesParent: Bool = false, logger: Logger
  ) {
    self.historyFolder = historyFolder
    self.environment = environment
    self.handlesSignals = handlesSignals
    self.watchesParent = watchesParent
    self.logger = logger
  }
}
