extension Scaling {
  /// Means and deviations of the given rows, accumulated in double precision. O(rows * columns).
  static func fitted(_ kind: Standardization, to examples: Examples, rows: [Int32]) -> Scaling {
    // A table's columns bring their own scales.
    if examples.table != nil { return .identity }
    guard kind != .none, !rows.isEmpty else { return .identity }
    let (sums, squares) = moments(examples, rows)
    let columns = examples.columns
    switch kind {
    case .none: return .identity
    case .global:
      let count = Double(rows.count * columns)
      let mean = sums.reduce(0, +) / count
      let variance = max(0, squares.reduce(0, +) / count - mean * mean)
      return Scaling(kind: kind, mean: [Float(mean)], deviation: [scale(variance, mean)])
    case .perFeature, .robust, .quantile:
      let count = Double(rows.count)
      var result = Scaling(kind: kind, mean: [], deviation: [])
      for column in 0..<columns {
        let mean = sums[column] / count
        result.mean.append(Float(mean))
        result.deviation.append(scale(max(0, squares[column] / count - mean * mean), mean))
      }
      return result
    }
  }

  /// 1 for a constant feature, whose variance is rounding only.
  private static func scale(_ variance: Double, _ mean: Double) -> Float {
    variance <= 1e-14 * (mean * mean + 1e-30) ? 1 : Float(variance.squareRoot())
  }

  private static func moments(_ examples: Examples, _ rows: [Int32]) -> ([Double], [Double]) {
    let columns = examples.columns
    var sums = [Double](repeating: 0, count: columns)
    var squares = sums
    switch examples.values {
    case .bytes(let bytes, let unit):
      // Whole numbers add up exactly, and far faster.
      var wholeSums = [UInt64](repeating: 0, count: columns)
      var wholeSquares = wholeSums
      for row in rows {
        let start = Int(row) * columns
        for column in 0..<columns {
          let value = UInt64(bytes[start + column])
          wholeSums[column] &+= value
          wholeSquares[column] &+= value &* value
        }
      }
      let unit = Double(unit)
      for column in 0..<columns {
        sums[column] = Double(wholeSums[column]) * unit
        squares[column] = Double(wholeSquares[column]) * unit * unit
      }
    case .floats(let floats):
      for row in rows {
        let start = Int(row) * columns
        for column in 0..<columns {
          let value = Double(floats[start + column])
          sums[column] += value
          squares[column] += value * value
        }
      }
    case .table: break
    }
    return (sums, squares)
  }

  /// Columns that hold one value in all the rows.
  func constantFeatures(in examples: Examples, rows: [Int32]) -> [Int] {
    guard let first = rows.first, case .floats(let floats) = examples.values else { return [] }
    let columns = examples.columns
    return (0..<columns).filter { column in
      let value = floats[Int(first) * columns + column]
      return rows.allSatisfy { floats[Int($0) * columns + column] == value }
    }
  }
}
