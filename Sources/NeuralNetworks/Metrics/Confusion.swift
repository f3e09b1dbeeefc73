/// How often each class was taken for each: rows are true classes, columns predicted ones.
package struct Confusion: Sendable, Equatable {
  package private(set) var counts: [[Int]]

  package init(classes: [Int32], predicted: [Int], classCount: Int) {
    counts = Array(repeating: Array(repeating: 0, count: classCount), count: classCount)
    for (truth, guess) in zip(classes, predicted) { counts[Int(truth)][guess] += 1 }
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
    let all = counts.indices.map { k in
      OneClass(hits: counts[k][k], predicted: counts.reduce(0) { $0 + $1[k] }, actual: counts[k].reduce(0, +))
    }
    if all.count == 2 { return value(all[1]) }
    let present = all.filter { $0.actual + $0.predicted > 0 }
    return present.isEmpty ? 0 : present.reduce(0) { $0 + value($1) } / Double(present.count)
  }
}
