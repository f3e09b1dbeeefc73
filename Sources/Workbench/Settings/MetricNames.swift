import Datasets
import NeuralNetworks
import Search
import Vocabulary

/// The names of what can be measured: `val_loss`, `train_accuracy`, `test_f1`, `parameters`, `seconds`.
package enum MetricNames {
  /// Measured on the configuration, not on a split.
  static let ofTrial = ["parameters", "seconds"]

  /// Every name an objective or a monitor may have.
  package static let all = meanings.map(\.name)

  /// Each name with what it means: the metric's own declaration, and on which rows it is measured.
  static let meanings: [Syntax] =
    [("val", "validation"), ("train", "training"), ("test", "test")].flatMap { split, rows in
      ([Syntax("loss", "what training makes small, without penalties")] + Metrics.all.map(\.syntax)).map { metric in
        Syntax(
          "\(split)_\(metric.name)", "\(metric.summary), on the \(rows) rows", formula: metric.formula,
          source: metric.source)
      }
    } + [
      Syntax("parameters", "weights and biases of the network"), Syntax("seconds", "duration of a trial's training"),
    ]

  /// The names that a rule may have for what a trial measures: `parameters` is known before.
  static let outcomes = all.filter { $0 != "parameters" }

  /// `val_accuracy` is `accuracy`; nil for what is not measured on a split.
  package static func base(_ name: String) -> String? {
    guard !ofTrial.contains(name), let underscore = name.firstIndex(of: "_") else { return nil }
    return String(name[name.index(after: underscore)...])
  }

  /// What is measured each epoch because it is searched for; a loss always is, and what test rows say only at the end.
  static func measured(for objectives: [String]) -> [Call] {
    objectives.filter { objective in
      guard let base = base(objective), base != "loss" else { return false }
      return [.train, .validation].contains(split(objective))
    }.map { Call($0) }
  }

  package static func split(_ name: String) -> Split? {
    Split.allCases.first { name.hasPrefix($0.prefix + "_") }
  }

  package static func direction(_ name: String) -> Direction {
    Metrics.metric(of: name)?.direction == .maximize ? .maximize : .minimize
  }

  /// Whether it is declared as a share, which is shown as a percentage.
  package static func isShare(_ name: String) -> Bool { Metrics.metric(of: name)?.unit == .share }
}

extension MetricNames {
  /// Whether a metric makes sense for a task.
  package static func suits(_ base: String, _ task: Task) -> Bool {
    Metrics.metric(of: base)?.tasks.contains(task) ?? true
  }
}
