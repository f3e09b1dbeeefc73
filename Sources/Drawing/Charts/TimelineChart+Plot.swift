extension TimelineChart {
  package var plot: Plot {
    let timed = study.trials.filter { trial in
      guard let started = trial.started, started.isFinite else { return false }
      return trial.ended.map { $0.isFinite && $0 >= started } ?? true
    }
    let end = timed.map { $0.ended ?? $0.started ?? 0 }.max() ?? 0
    let (factor, unit) = Self.unit(end - (timed.compactMap(\.started).min() ?? 0))
    let layers = TrialState.allCases.compactMap { state -> Layer? in
      let bars = timed.filter { $0.state == state }.map { trial in
        Bar(
          at: Double(trial.number), from: (trial.started ?? 0) / factor, to: (trial.ended ?? end) / factor,
          thickness: 0.8, isHorizontal: true)
      }
      return bars.isEmpty ? nil : Layer(state.rawValue, .bars(bars), ink: state.ink)
    }
    let numbers = timed.map(\.number)
    let low = Double(numbers.min() ?? 0)
    let high = Double(numbers.max() ?? 0)
    return Plot(
      title: "Timeline of \(study.name)",
      subtitle: timed.isEmpty ? nil : "\(timed.count) trial\(timed.count == 1 ? "" : "s") in \(Number.duration(end))",
      panels: timed.isEmpty
        ? []
        : [
          Panel(
            x: Axis("time since the start", unit: unit, includesZero: true),
            y: Axis("trial", format: .whole, range: (low - 0.6)...(high + 0.6), isReversed: true), layers: layers)
        ],
      remarks: TrialState.allCases.compactMap { state in
        let count = timed.filter { $0.state == state }.count
        return count > 0 ? "\(count) \(state.rawValue)" : nil
      }, emptyMessage: "nothing to draw yet: no trial has started",
      height: min(max(Double(timed.count) * 12, 90), 480))
  }

  /// The unit in which a span has few digits.
  private static func unit(_ seconds: Double) -> (Double, String) {
    switch seconds {
    case ..<0.5: (0.001, "ms")
    case ..<180: (1, "s")
    case ..<10_800: (60, "min")
    case ..<259_200: (3600, "h")
    default: (86_400, "days")
    }
  }
}

extension TrialState {
  /// One look for a state in every chart.
  var ink: Ink {
    switch self {
    case .complete: Ink(.blue)
    case .pruned: Ink(.orange, mark: .cross)
    case .failed: Ink(.purple, mark: .triangle)
    case .running: Ink(.green, mark: .square)
    case .waiting: Ink(.grey, mark: .plus)
    }
  }
}

extension TrialPoint {
  /// How every chart shows a completed trial that breaks a rule of the space.
  static let breaking = "breaks a constraint"
  static let breakingInk = Ink(.grey, mark: .square, isFilled: false)
}
