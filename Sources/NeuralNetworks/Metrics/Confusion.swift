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

  init(_ scores: Scores) {
    self.init(classes: scores.classes, predicted: scores.predictedClasses, classCount: scores.classCount)
  }

  /// A class's hits and misses.
  struct OneClass {
    var hits: Int
    var predicted: Int
    var actual: Int
    var precision: Double { predicted == 0 ? 0 : Double(hits) / Double(predicted) }
    var recall: Double { actual == 0 ? 0 : Double(hits) / Double(actual) }
    var f1: Double { predicted + actual == 0 ? 0 : 2 * Double(hits) / Double(predicted + actual) }
  }

  /// Over all classes that occur, alike; with two classes the second's alone, as is usual for yes and no.
  func average(_ value: (OneClass) -> Double) -> Double {
    var all = [OneClass](repeating: OneClass(hits: 0, predicted: 0, actual: 0), count: classCount)
    for pair in pairs {
      all[pair.truth].actual += 1
      all[pair.guess].predicted += 1
      if pair.truth == pair.guess { all[pair.truth].hits += 1 }
    }
    if all.count == 2 { return value(all[1]) }
    let present = all.filter { $0.actual + $0.predicted > 0 }
    return present.isEmpty ? 0 : present.reduce(0) { $0 + value($1) } / Double(present.count)
  }
}
