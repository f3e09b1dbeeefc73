import Datasets

/// A dataset's targets at fixed addresses, in the unit that the network trains in, and a batch's gathered from them.
final class Labels: @unchecked Sendable {
  private let classes: [Int32]
  /// Rows x width.
  private let numbers: [Float]
  private let width: Int
  let isClassification: Bool

  init(_ targets: Examples.Targets, _ scaling: TargetScaling) {
    switch targets {
    case .classes(let classes): (self.classes, numbers, width, isClassification) = (classes, [], 1, true)
    case .numbers(let numbers, let width):
      self.numbers = numbers.indices.map { Float(scaling.encode(numbers[$0], $0 % width)) }
      (classes, self.width, isClassification) = ([], width, false)
    }
  }

  /// Calls `body` with the targets of the rows, gathered on the stack.
  @inline(__always)
  func with<R>(_ rows: UnsafeBufferPointer<Int32>, weights: UnsafePointer<Float>?, _ body: (TargetBlock) -> R) -> R {
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: max(rows.count * width, 1)) { words in
      if isClassification {
        classes.withUnsafeBufferPointer { all in
          for (place, row) in rows.enumerated() { words[place] = all[Int(row)] }
        }
        return body(TargetBlock(classes: UnsafePointer(words.baseAddress!), numbers: nil, classWeights: weights))
      }
      return words.withMemoryRebound(to: Float.self) { floats in
        numbers.withUnsafeBufferPointer { all in
          for (place, row) in rows.enumerated() {
            for k in 0..<width { floats[place * width + k] = all[Int(row) * width + k] }
          }
        }
        return body(TargetBlock(classes: nil, numbers: UnsafePointer(floats.baseAddress!), classWeights: nil))
      }
    }
  }

  /// The squared differences of the rows' numbers from their means, over all targets; 0 for classes.
  func squares(about rows: [Int32]) -> Double {
    guard !isClassification else { return 0 }
    return (0..<width).reduce(0) { sum, k in
      let values = rows.map { Double(numbers[Int($0) * width + k]) }
      let mean = values.reduce(0, +) / Double(max(values.count, 1))
      return sum + values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
  }

  /// The weights of the rows added up; their number without class weights.
  func weightSum(_ rows: UnsafeBufferPointer<Int32>, _ weights: [Float]) -> Double {
    guard !weights.isEmpty else { return Double(rows.count) }
    return rows.reduce(0) { $0 + Double(weights[Int(classes[Int($1)])]) }
  }
}
