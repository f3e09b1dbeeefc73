import Datasets
import Vocabulary

/// A metric of a split, as asked for: `val_f1`, `train_accuracy`, `top_k(k=3)` (which is the validation part's).
package struct MetricRequest: Sendable {
  package let split: Split
  /// The full name, under which the history keeps it: `val_top_k(k=3)`.
  package let name: String
  private let call: Call
  private let metric: Metric?

  /// Throws `TrainingError` for an unknown metric, one that does not suit the task, or a split without rows.
  /// `about` is the option that asks for it.
  package init(_ said: Call, data: Dataset, about: String = "metrics") throws {
    var call = said
    split =
      if said.name.hasPrefix("train_") { .train } else if said.name.hasPrefix("test_") { .test } else { .validation }
    for prefix in ["train_", "val_", "test_"] where said.name.hasPrefix(prefix) { call.name.removeFirst(prefix.count) }
    self.call = call
    name = "\(split.prefix)_\(call)"
    metric = call.name == "loss" ? nil : try Metrics.metric(named: call.name)
    if let metric, !metric.tasks.contains(data.task) {
      throw TrainingError(
        "the metric \(call.name) is for \(metric.tasks.first!.rawValue), but the data's task is \(data.task.rawValue)",
        about: about)
    }
    guard !data.rows(split).isEmpty else {
      throw TrainingError(
        "\(name) needs a \(split.rawValue) part, but the data has none", hint: "say data ... \(split.rawValue)=0.2",
        about: about)
    }
  }

  package var direction: Metric.Direction { metric?.direction ?? .minimize }

  var needsOutputs: Bool { metric != nil && call.name != "accuracy" }

  func isDuplicate(in record: EpochRecord) -> Bool { name == "val_loss" || record.metrics[name] != nil }

  func value(loss: Double, accuracy: Double, scores: () -> Scores) -> Double {
    guard let metric else { return loss }
    return call.name == "accuracy" ? accuracy : metric.value(call, scores())
  }
}
