import Datasets
import Drawing
import NeuralNetworks
import Search

/// How far values that were measured on rows which chose nothing may be off.
enum EvaluationIntervals {
  /// Fewer rows say too little.
  private static let leastRows = 30

  /// 95 % intervals: Wilson's for an accuracy, for others by half-samples of the rows. A value that is not defined in most of them
  /// has none.
  static func of(_ values: [(name: String, value: Double)], _ run: Run, _ data: Dataset, _ split: Split)
    -> [(name: String, interval: ClosedRange<Double>)]
  {
    let rows = data.rows(split).count
    guard rows >= leastRows, let model = run.model else { return [] }
    let isWeighted = !data.examples.weights.isEmpty
    return values.compactMap { name, value in
      guard value.isFinite else { return nil }
      if name == "accuracy", !isWeighted { return (name, Wilson.interval(share: value, rows: rows)) }
      if name == "loss", !run.hasUsualLoss { return nil }
      guard let replicates = model.replicates(of: name, data, split),
        let error = Measurement(number: 0, value: value, replicates: replicates).error
      else { return nil }
      let half = StudentT.quantile(0.975, degrees: error.degrees) * error.deviation
      let isShare = MetricNames.isShare("val_" + name)
      return (name, isShare ? max(0, value - half)...min(1, value + half) : (value - half)...(value + half))
    }
  }

  /// `95 % interval: loss 0.0412 to 0.0821, accuracy 95.81% to 98.83%`
  static func notes(_ intervals: [(name: String, interval: ClosedRange<Double>)]) -> [String] {
    if intervals.isEmpty { return [] }
    let parts = intervals.map { name, interval in
      "\(name) \(RunReport.text(interval.lowerBound, name)) to \(RunReport.text(interval.upperBound, name))"
    }
    return ["95 % interval: " + parts.joined(separator: ", ")]
  }
}
