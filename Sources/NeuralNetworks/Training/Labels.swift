import Datasets

/// A dataset's targets at fixed addresses, and a batch's gathered from them.
final class Labels: @unchecked Sendable {
  private let classes: [Int32]
  private let numbers: [Float]
  let isClassification: Bool

  init(_ targets: Examples.Targets) {
    switch targets {
    case .classes(let classes): (self.classes, numbers, isClassification) = (classes, [], true)
    case .numbers(let numbers): (classes, self.numbers, isClassification) = ([], numbers, false)
    }
  }

  /// Calls `body` with the targets of the rows, gathered on the stack.
  @inline(__always)
  func with<R>(_ rows: UnsafeBufferPointer<Int32>, weights: UnsafePointer<Float>?, _ body: (TargetBlock) -> R) -> R {
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: max(rows.count, 1)) { words in
      if isClassification {
        classes.withUnsafeBufferPointer { all in
          for (place, row) in rows.enumerated() { words[place] = all[Int(row)] }
        }
        return body(TargetBlock(classes: UnsafePointer(words.baseAddress!), numbers: nil, classWeights: weights))
      }
      return words.withMemoryRebound(to: Float.self) { floats in
        numbers.withUnsafeBufferPointer { all in
          for (place, row) in rows.enumerated() { floats[place] = all[Int(row)] }
        }
        return body(TargetBlock(classes: nil, numbers: UnsafePointer(floats.baseAddress!), classWeights: nil))
      }
    }
  }

  /// The weights of the rows added up; their number without class weights.
  func weightSum(_ rows: UnsafeBufferPointer<Int32>, _ weights: [Float]) -> Double {
    guard !weights.isEmpty else { return Double(rows.count) }
    return rows.reduce(0) { $0 + Double(weights[Int(classes[Int($1)])]) }
  }
}
