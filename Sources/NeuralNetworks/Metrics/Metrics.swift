import Datasets
import Vocabulary

/// Every metric that `metrics=` and `objective=` know, beside the losses.
package enum Metrics {
  package static let all: [Metric] = ofClasses + ofNumbers

  package static func metric(named name: String) throws -> Metric {
    guard let found = all.first(where: { $0.syntax.name == name }) else {
      throw TrainingError(
        "no metric is called '\(name)'", hint: "known: " + all.map(\.syntax.name).joined(separator: ", "))
    }
    return found
  }

  /// The metric of a plain or full name: `f1`, `val_f1`, `train_top_k(k=3)`; nil for a loss and for unknown names.
  package static func metric(of name: String) -> Metric? {
    var base = String(name.prefix { $0 != "(" })
    for prefix in ["train_", "val_", "test_"] where base.hasPrefix(prefix) { base.removeFirst(prefix.count) }
    return all.first { $0.syntax.name == base }
  }

  /// The direction of a full name: `val_loss`, `train_f1`, `parameters`, `seconds`; nil for an unknown one.
  package static func direction(of name: String) -> Metric.Direction? {
    if ["loss", "val_loss", "train_loss", "test_loss", "parameters", "seconds"].contains(name) { return .minimize }
    return metric(of: name)?.direction
  }
}
