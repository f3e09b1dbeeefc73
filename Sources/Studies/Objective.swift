import LinearAlgebra
import Search

/// What a study minimises or maximises: a trial in, one value an objective out.
///
/// It may throw `TrialPruned`, `TrialFailed` (the trial fails, the study goes on) or, where the trial's `isCancelled` is true, any
/// error: the trial then waits for the next run. `TrialAbort` ends the whole run. Another error fails the trial, its description
/// the reason. It is called on several threads at once.
package typealias Objective = @Sendable (TrialContext) throws -> [Double]

/// Thrown by an objective whose report was answered with "prune".
package struct TrialPruned: Error, Sendable {
  package var reason: String?
  package init(reason: String? = nil) { self.reason = reason }
}

/// Thrown by an objective: the trial fails for this reason.
package struct TrialFailed: Error, Sendable, CustomStringConvertible {
  package var reason: String
  package init(_ reason: String) { self.reason = reason }
  package var description: String { reason }
}

/// Thrown by an objective where going on with the study is pointless; `run` throws the error in it.
package struct TrialAbort: Error {
  package var error: any Error
  package init(_ error: any Error) { self.error = error }
}

/// Thrown by an objective that saw `isCancelled`.
package struct TrialCancelled: Error, Sendable {
  package init() {}
}

/// A running trial, as its objective sees it.
package struct TrialContext: Sendable {
  package let number: Int
  /// The active parameters; what is fixed outside the space is not in it.
  package let point: Point
  /// Derived from the study's seed and the number: the same whenever and wherever the trial runs.
  package let seed: UInt64
  /// The trial whose weights it goes on from (population-based training).
  package let parent: Int?
  private let onReport: @Sendable (Int, Double) throws -> Bool
  private let cancellation: @Sendable () -> Bool
  private let onPrecision: @Sendable (TrialPrecision) -> Void
  private let onKeep: @Sendable (TrialConfiguration, [String: Double]) -> Void

  package init(
    number: Int, point: Point, seed: UInt64, parent: Int? = nil,
    report: @escaping @Sendable (Int, Double) throws -> Bool = { _, _ in false },
    precision: @escaping @Sendable (TrialPrecision) -> Void = { _ in },
    keep: @escaping @Sendable (TrialConfiguration, [String: Double]) -> Void = { _, _ in },
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    self.number = number
    self.point = point
    self.seed = seed
    self.parent = parent
    self.onReport = report
    self.cancellation = isCancelled
    self.onPrecision = precision
    self.onKeep = keep
  }

  /// Keeps an intermediate value (steps from 1) and says whether to prune; then throw `TrialPruned`.
  package func report(step: Int, value: Double) throws -> Bool { try onReport(step, value) }

  /// Keeps how far the values can be trusted that the objective gives.
  package func keep(_ precision: TrialPrecision) { onPrecision(precision) }

  /// Keeps what the trial is trained with, and what it has measured so far beside the objective; the latest call counts.
  package func keep(_ configuration: TrialConfiguration, metrics: [String: Double]) { onKeep(configuration, metrics) }

  /// Whether the run is being interrupted: cheap, to be asked once a batch.
  package var isCancelled: Bool { cancellation() }

  package static func seed(study: UInt64, number: Int) -> UInt64 {
    var stream = RandomStream(seed: study, "trial", number)
    return stream.next()
  }
}
