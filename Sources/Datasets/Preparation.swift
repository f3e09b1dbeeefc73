import Vocabulary

/// What the targets are.
package enum Task: String, Sendable, CaseIterable, Codable {
  case classification, regression
}

/// A part of the rows: a share of them or a count.
package enum Share: Sendable, Equatable, Codable {
  case fraction(Double)
  case count(Int)

  /// The rows this is of `total`, rounded to the nearest.
  package func rows(of total: Int) -> Int {
    switch self {
    case .fraction(let share): Int((share * Double(total)).rounded())
    case .count(let count): count
    }
  }
}

/// How features are brought to mean 0 and deviation 1, by training statistics only.
package enum Standardization: String, Sendable, CaseIterable, Codable {
  /// Each feature by its own mean and deviation.
  case perFeature = "per_feature"
  /// All features by one mean and one deviation, as is usual for pixels.
  case global
  /// Each feature by its median and quartiles, bounded smoothly: outliers count little.
  case robust
  /// Each feature by the ranks of its training values, which become a normal distribution.
  case quantile
  case none
}

/// What is done to a source's rows before training. nil stands for the language page's default.
package struct Preparation: Sendable, Equatable, Codable {
  package var validation: Share?
  package var test: Share?
  /// Parts for cross-validation; at least 2.
  package var folds: Int?
  package var standardize: Standardization?
  /// A stratified sample of so many rows.
  package var limit: Int?
  package var task: Task?
  /// Of two classes the name of the one that precision, recall and f1 are about; nil: the rarer one.
  package var positive: String?
  /// How a column of the table splits the rows (`ColumnSplit`); nil: by chance.
  package var split: Call?
  /// nil: standard. Of no meaning for classes.
  package var targetScale: TargetScaling.Kind?
  /// Categories with fewer training rows go together; nil: 10, or a twentieth of the training rows if that is less.
  package var rare: Int?
  /// Draws the split and made data.
  package var seed: UInt64 = 0

  package init() {}
}

/// A part of a dataset; the raw value is what is typed.
package enum Split: String, Sendable, CaseIterable, Codable {
  case train, validation, test

  /// As it stands in metric names: `val_loss`.
  package var prefix: String { self == .validation ? "val" : rawValue }
}
