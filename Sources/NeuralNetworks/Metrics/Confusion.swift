/// How often each class was taken for each. Memory and time are linear in rows and classes: only `counts` has a square.
package struct Confusion: Sendable, Equatable {
  private let pairs: [Pair]
  package let classCount: Int

  private struct Pair: Sendable, Equatable {
    let truth: Int
    let guess: Int
  }

  package init(classes: [Int32], predicted: [Int], classCount: Int) {
    pairs = zip(classes, predicted).map { Pair(truth: Int($0), guess: $1) }
    self.classCount = classCount
  }

  /// The matrix: rows are true classes, columns predicted ones. Classes squared: for plots, of few classes.
  package var counts: [[Int]] {
    var counts = Array(repeating: Array(repeating: 0, count: classCount), count: classCount)
    for pair in pairs { counts[pair.truth][pair.guess] += 1 }
    return counts
  }

  package init(_ scores: Scores) {
    self.init(classes: scores.classes, predicted: scores.predictedClasses, classCount: scores.classCount)
  }

  /// A class's hits and misses.
  package struct OneClass: Sendable {
    package var hits: Int
    package var predicted: Int
    package var actual: Int
    package var precision: Double { predicted == 0 ? 0 : Double(hits) / Double(predicted) }
    package var recall: Double { actual == 0 ? 0 : Double(hits) / Double(actual) }
    package var f1: Double { predicted + actual == 0 ? 0 : 2 * Double(hits) / Double(predicted + actual) }
  }

  /// Hits and misses of every class, in their order.
  package var perClass: [OneClass] {
    var all = [OneClass](repeating: OneClass(hits: 0, predicted: 0, actual: 0), count: classCount)
    for pair in pairs {
      all[pair.truth].actual += 1
      all[pair.guess].predicted += 1
      if pair.truth == pair.guess { all[pair.truth].hits += 1 }
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
    return rows == 0 ? 0 : classes.reduce(0) { $0 + Double($1.actual) * value($1) } / Double(rows)
  }

  /// Mean recall of the classes that have rows.
  var balancedAccuracy: Double {
    let present = perClass.filter { $0.actual > 0 }
    return present.isEmpty ? 0 : present.reduce(0) { $0 + $1.recall } / Double(present.count)
  }

  /// Matthews' correlation coefficient (J. Gorodkin, 2004, for several classes); 0 if one side has a single class.
  var correlation: Double {
    let classes = perClass
    let rows = Double(classes.reduce(0) { $0 + $1.actual })
    let hits = Double(classes.reduce(0) { $0 + $1.hits })
    func sum(_ value: (OneClass) -> Double) -> Double { classes.reduce(0) { $0 + value($1) } }
    let both = hits * rows - sum { Double($0.predicted) * Double($0.actual) }
    let predicted = rows * rows - sum { Double($0.predicted) * Double($0.predicted) }
    let actual = rows * rows - sum { Double($0.actual) * Double($0.actual) }
    return predicted * actual == 0 ? 0 : both / (predicted * actual).squareRoot()
  }
}
