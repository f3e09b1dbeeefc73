import Datasets

/// A dataset's targets at fixed addresses, in the unit that the network trains in, and a batch's gathered from them.
final class Labels: @unchecked Sendable {
  private let classes: [Int32]
  /// Rows x width.
  private let numbers: [Float]
  private let width: Int
  let isClassification: Bool
  /// A factor for each row; empty if all count alike.
  private let rowWeights: [Float]

  init(_ examples: Examples, _ scaling: TargetScaling, weights: [Double] = []) {
    rowWeights = weights.map(Float.init)
    switch examples.targets {
    case .classes(let classes): (self.classes, numbers, width, isClassification) = (classes, [], 1, true)
    case .numbers(let numbers, let width):
      self.numbers = numbers.indices.map { Float(scaling.encode(numbers[$0], $0 % width)) }
      (classes, self.width, isClassification) = ([], width, false)
    }
  }

  /// Calls `body` with the targets of the rows, gathered on the stack; `weights` has a factor for each class.
  @inline(__always)
  func with<R>(_ rows: UnsafeBufferPointer<Int32>, weights: UnsafePointer<Float>?, _ body: (TargetBlock) -> R) -> R {
    guard !rowWeights.isEmpty else {
      return targets(rows) { block in body(block.weighting(classes: weights, rows: nil)) }
    }
    return withUnsafeTemporaryAllocation(of: Float.self, capacity: max(rows.count, 1)) { factors in
      for (place, row) in rows.enumerated() { factors[place] = rowWeights[Int(row)] }
      return targets(rows) { block in body(block.weighting(classes: weights, rows: factors.baseAddress)) }
    }
  }

  @inline(__always)
  private func targets<R>(_ rows: UnsafeBufferPointer<Int32>, _ body: (TargetBlock) -> R) -> R {
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: max(rows.count * width, 1)) { words in
      if isClassification {
        classes.withUnsafeBufferPointer { all in
          for (place, row) in rows.enumerated() { words[place] = all[Int(row)] }
        }
        return body(TargetBlock(classes: UnsafePointer(words.baseAddress!), numbers: nil))
      }
      return words.withMemoryRebound(to: Float.self) { floats in
        numbers.withUnsafeBufferPointer { all in
          for (place, row) in rows.enumerated() {
            for k in 0..<width { floats[place * width + k] = all[Int(row) * width + k] }
          }
        }
        return body(TargetBlock(classes: nil, numbers: UnsafePointer(floats.baseAddress!)))
      }
    }
  }

  /// The squared differences of the rows' numbers from their means, over all targets, by the rows' weights; 0 for classes.
  func squares(about rows: [Int32]) -> Double {
    guard !isClassification else { return 0 }
    let factors = rows.map(factor)
    let total = max(factors.reduce(0, +), .leastNormalMagnitude)
    return (0..<width).reduce(0) { sum, k in
      let values = rows.map { Double(numbers[Int($0) * width + k]) }
      let mean = zip(values, factors).reduce(0) { $0 + $1.0 * $1.1 } / total
      return sum + zip(values, factors).reduce(0) { $0 + $1.1 * ($1.0 - mean) * ($1.0 - mean) }
    }
  }

  private func factor(_ row: Int32) -> Double { rowWeights.isEmpty ? 1 : Double(rowWeights[Int(row)]) }

  /// The weights of the rows added up, with a factor for each class if there is one; their number if all count alike.
  func weightSum(_ rows: UnsafeBufferPointer<Int32>, _ weights: [Float] = []) -> Double {
    guard !weights.isEmpty else {
      return rowWeights.isEmpty ? Double(rows.count) : rows.reduce(0) { $0 + factor($1) }
    }
    return rows.reduce(0) { $0 + Double(weights[Int(classes[Int($1)])]) * factor($1) }
  }
}

extension TargetBlock {
  @inline(__always)
  fileprivate func weighting(classes: UnsafePointer<Float>?, rows: UnsafePointer<Float>?) -> TargetBlock {
    var result = self
    (result.classWeights, result.rowWeights) = (classes, rows)
    return result
  }
}
