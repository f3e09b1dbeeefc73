import Datasets
import LinearAlgebra
import Vocabulary

/// How much a score falls where a column's values are shuffled among the rows (L. Breiman, 2001): what a network relies on.
///
/// As scikit-learn's `permutation_importance`: the mean and the standard deviation of the falls over several shuffles.
package struct PermutationImportance: Sendable {
  package struct Column: Sendable {
    package let name: String
    /// The fall of each shuffle; below 0 where shuffling helps.
    package let drops: [Double]

    package var mean: Double { drops.reduce(0, +) / Double(max(drops.count, 1)) }
    package var deviation: Double {
      let mean = mean
      return (drops.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(drops.count, 1))).squareRoot()
    }
  }

  /// Of the rows as they are.
  package let score: Double
  package let rows: Int
  package let columns: [Column]

  /// Measures every column. `order` gives the shuffles: for the place of a column, the number of a shuffle and a count of
  /// rows, an order of them. O(columns x shuffles x rows) predictions. Throws `CancellationError` if it is cancelled.
  package init(
    _ model: TrainedModel, _ data: Dataset, rows: [Int32], metric: Call, shuffles: Int, threads: Int = 1,
    isCancelled: () -> Bool = { false }, order: (_ column: Int, _ shuffle: Int, _ rows: Int) -> [Int]
  ) throws {
    let examples = try model.examples(of: data).taking(rows)
    let sign = try Metrics.metric(named: metric.name).direction == .maximize ? 1.0 : -1.0
    func score(_ examples: Examples) throws -> Double {
      let evaluation = try model.evaluation(Dataset(measuring: examples), .test, metrics: [metric], threads: threads)
      return evaluation[metric.description] ?? .nan
    }
    let whole = try score(examples)
    columns = try examples.shuffledNames.enumerated().map { place, name in
      let drops = try (0..<shuffles).map { shuffle in
        if isCancelled() { throw CancellationError() }
        return sign * (whole - (try score(examples.shuffling(name, by: order(place, shuffle, rows.count)))))
      }
      return Column(name: name, drops: drops)
    }
    (self.score, self.rows) = (whole, rows.count)
  }

  /// Orders drawn from a seed.
  package static func orders(seed: UInt64) -> (_ column: Int, _ shuffle: Int, _ rows: Int) -> [Int] {
    { column, shuffle, rows in
      var stream = RandomStream(seed: seed, "permutation", column, shuffle)
      return Array(0..<rows).shuffled(using: &stream)
    }
  }
}
