#if canImport(Glibc)
  import Glibc
#endif

/// What a Gaussian process is given of a history, a row a value.
///
/// While no trial has been pruned, a row is a trial's end. Where some have been, how far a trial has come is one more axis, on a
/// logarithmic scale with 1 at the end, and a trial gives several rows: its last report and those at a half, a quarter, ... of it
/// (as multi-fidelity models do, Swersky et al. 2013). A value of few steps then stands for itself, and what it says of the end is
/// learned from the trials that went on: taken for the end, it would warn of all that learns slowly at first.
package struct Evidence {
  package struct Row {
    /// Coordinates in the unit cube, and where there are reports of unfinished trials the progress.
    package var vector: [Double]
    /// One an objective; empty where the trial failed.
    package var values: [Double]
    /// Whether this is what a trial came to, not a report on its way.
    package var isEnd: Bool
    /// Whether this is the last that is known of a trial.
    package var isLatest: Bool
  }

  package let rows: [Row]
  package let hasProgress: Bool

  /// Of finished and failed trials; early reports, those of old trials first, are left out beyond `limit` rows.
  package init(_ trials: [Observation], _ cube: UnitCube, limit: Int) {
    hasProgress = trials.contains { $0.state == .pruned && !$0.reports.isEmpty }
    guard hasProgress else {
      rows = trials.map { Row(vector: cube.vector($0.point), values: $0.values, isEnd: true, isLatest: true) }
      return
    }
    let whole = max(2, trials.compactMap { $0.reports.last?.step }.max() ?? 2)
    var rows: [Row] = []
    var left = max(0, limit - trials.count)
    for trial in trials.reversed() {
      let vector = cube.vector(trial.point)
      let isEnd = trial.state != .pruned || trial.reports.isEmpty
      let last = trial.reports.last?.step ?? whole
      let progress = isEnd ? 1 : Self.progress(last, of: whole)
      rows.append(Row(vector: vector + [progress], values: trial.values, isEnd: isEnd, isLatest: true))
      for report in Self.halves(trial.reports, below: last).prefix(left) {
        rows.append(
          Row(
            vector: vector + [Self.progress(report.step, of: whole)], values: [report.value], isEnd: false,
            isLatest: false))
        left -= 1
      }
    }
    self.rows = rows.reversed()
  }

  /// The vectors of configurations at their end.
  func atEnd(_ vectors: [[Double]]) -> [[Double]] { hasProgress ? vectors.map { $0 + [1] } : vectors }

  /// The last report at or before half a step, the last one at or before half of that, and so on; finite ones only.
  private static func halves(_ reports: [(step: Int, value: Double)], below step: Int) -> [(step: Int, value: Double)] {
    var kept: [(step: Int, value: Double)] = []
    for report in reports.reversed() where report.value.isFinite && report.step <= (kept.last?.step ?? step) / 2 {
      kept.append(report)
    }
    return kept
  }

  private static func progress(_ step: Int, of whole: Int) -> Double { log(Double(max(1, step))) / log(Double(whole)) }
}
