/// A kind of picture the user can ask for: computed as a plot first, drawn second.
package protocol Chart: Sendable {
  /// The word after `plot`.
  static var name: String { get }
  /// One line: what it shows.
  static var help: String { get }
  /// Empty input gives a picture that says so; nothing traps.
  func draw() -> Picture
}

/// Every kind of chart.
package enum Charts {
  package static let all: [any Chart.Type] = [
    LossChart.self, AccuracyChart.self, LearningRateChart.self, ScheduleChart.self, ConfusionChart.self,
    HistoryChart.self, IntermediateChart.self, ParallelChart.self, SliceChart.self, ContourChart.self,
    ImportanceChart.self, EdfChart.self, RankChart.self, TimelineChart.self, ParetoChart.self, DataChart.self,
    NetworkChart.self, RangeTestChart.self, PathChart.self, RocChart.self, PrecisionRecallChart.self,
    CalibrationChart.self, ErrorsChart.self, MistakesChart.self, PredictedChart.self, ResidualsChart.self,
    PermutationChart.self, WeightsChart.self, ActivationChart.self, BorderChart.self, CompareChart.self,
  ]
}
