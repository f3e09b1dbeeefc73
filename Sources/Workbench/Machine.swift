import Foundation

/// What the computer offers.
enum Machine {
  /// Cores this process may run on (its affinity mask, which containers and schedulers set).
  static let cores = ProcessInfo.processInfo.activeProcessorCount
}
