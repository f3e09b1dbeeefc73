/// How often each class was taken for each. Memory and time are linear in rows and classes: only `counts` has a square.
package struct Confusion: Sendable, Equatable {
  private let pairs: [Pair]
  package let classCount: Int

  private struct Pair: Sendable, Equatable {
    let truth: Int
    let guess: Int
    var weight = 1.0
  }

  /// `weights`: a number for each row; empty if all count alike.
  package init(classes: [Int32], predicted: [Int], classCount: Int, weights: [Double] = []) {
    pairs = zip(classes, predicted).enumerated().map { row, pair in
      Pair(truth: Int(pair.0), guess: pair.1, weight: weights.isEmpty ? 1 : weights[row])
    }
    self.classCount = classCount
  }

  /// The matrix, each row counted once: rows are true classes, columns predicted ones. Classes squared: for plots, of few classes.
  package var counts: [[Int]] {
    var counts = Array(repeating: Array(repeating: 0, count: classCount), count: classCount)
    for pair in pairs { counts[pair.truth][pair.guess] += 1 }
    return counts
  }

  package init(_ scores: Scores) {
    self.init(
      classes: scores.classes, predicted: scores.predictedClasses, classCount: scores.classCount,
      weights: scores.weights)
  }

  /// A class's hits and misses, each row by its weight.
  package struct OneClass: Sendable {
    package var hits: Double
    package var predicted: Double
    package var actual: Double
    package var precision: Double { predicted == 0 ? 0 : hits / predicted }
    package var recall: Double { actual == 0 ? 0 : hits / actual }
    package var f1: Double { predicted + actual == 0 ? 0 : 2 * hits / (predicted + actual) }
  }

  /// Hits and misses of every class, in their order.
  package var perClass: [OneClass] {
    var all = [OneClass](repeating: OneClass(hits: 0, predicted: 0, actual: 0), count: classCount)
    for pair in pairs {
      all[pair.truth].actual += pair.weight
      all[pair.guess].predicted += pair.weight
      if pair.truth == pair.guess { all[pair.truth].hits += pair.weight }
    }
    return all
  }

  /// The mean over the classes that occur; of two classes the positive one's value.
  func average(positive: Int, _ value: (OneClass) -> Double) -> Double {
    classCount == 2 ? value(perClass[positive]) : macro(value)
  }

  /// The mean over all classes that are true or predicted somewhere.
  func macro(_ value: (OneClass) -> Double) -> Double {
    let present = perClass.filter { $0.actual + $0.predicted > 0 }
    return present.isEmpty ? 0 : present.reduce(0) { $0 + value($1) } / Double(present.count)
  }

  /// The mean over classes, each weighted by its rows.
  func weighted(_ value: (OneClass) -> Double) -> Double {
    let classes = perClass
    let rows = classes.reduce(0) { $0 + $1.actual }
    return rows == 0 ? 0 : classes.reduce(0) { $0 + $1.actual * value($1) } / rows
  }

  /// Mean recall of the classes that have rows.
  var balancedAccuracy: Double {
    let present = perClass.filter { $0.actual > 0 }
    return present.isEmpty ? 0 : present.reduce(0) { $0 + $1.recall } / Double(present.count)
  }

  /// Matthews' correlation coefficient (J. Gorodkin, 2004, for several classes); 0 if one side has a single class.
  var correlation: Double {
    let classes = perClass
    let rows = classes.reduce(0) { $0 + $1.actual }
    let hits = classes.reduce(0) { $0 + $1.hits }
    func sum(_ value: (OneClass) -> Double) -> Double { classes.reduce(0) { $0 + value($1) } }
    let both = hits * rows - sum { $0.predicted * $0.actual }
    let predicted = rows * rows - sum { $0.predicted * $0.predicted }
    let actual = rows * rows - sum { $0.actual * $0.actual }
    return predicted * actual == 0 ? 0 : both / (predicted * actual).squareRoot()
  }
}
