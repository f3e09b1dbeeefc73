import Foundation

extension Scores {
  /// A statement with its probability: that the class is positive, or of more than two, that the likeliest class is right.
  struct Claim {
    var probability: Double
    var isTrue: Bool
    var weight = 1.0
  }

  /// One per row.
  var claims: [Claim] {
    if classCount == 2 {
      return zip(values(of: positive), classes).enumerated().map { row, pair in
        Claim(probability: pair.0, isTrue: Int(pair.1) == positive, weight: weight(row))
      }
    }
    return zip(predictedClasses, classes).enumerated().map { row, pair in
      Claim(probability: Double(outputs[row * width + pair.0]), isTrue: pair.0 == Int(pair.1), weight: weight(row))
    }
  }

  /// The outputs for a class, a row each; of a lone output (the second class's probability) the complement is the first's.
  package func values(of index: Int) -> [Double] {
    if width == 1 { return outputs.map { index == 1 ? Double($0) : 1 - Double($0) } }
    return (0..<rows).map { Double(outputs[$0 * width + index]) }
  }

  private var hasProbabilities: Bool { outputs.allSatisfy { $0 >= 0 && $0 <= 1 } }

  /// NaN for outputs that are not probabilities.
  var logLoss: Double {
    guard hasProbabilities, rows > 0 else { return .nan }
    let least = Double(Float.ulpOfOne)
    let sum = (0..<rows).reduce(0.0) { sum, row in
      let truth = Int(classes[row])
      let value =
        width == 1
        ? (truth == 1 ? Double(outputs[row]) : 1 - Double(outputs[row])) : Double(outputs[row * width + truth])
      return sum - weight(row) * log(min(max(value, least), 1 - least))
    }
    return sum / totalWeight
  }

  /// NaN for outputs that are not probabilities.
  var brier: Double {
    guard hasProbabilities, rows > 0 else { return .nan }
    let columns = classCount == 2 ? [positive] : Array(0..<width)
    let sum = columns.reduce(0.0) { sum, column in
      zip(values(of: column), classes).enumerated().reduce(sum) { sum, item in
        let (row, pair) = item
        let error = pair.0 - (Int(pair.1) == column ? 1 : 0)
        return sum + weight(row) * error * error
      }
    }
    return sum / totalWeight
  }

  /// By thresholds, ties together; O(rows log rows) per class. A class without rows counts 0, as in scikit-learn.
  var averagePrecision: Double {
    let columns = classCount == 2 ? [positive] : Array(0..<width)
    let all = columns.map {
      RankedCurve(values: values(of: $0), isPositive: isPositive($0), weights: weights).averagePrecision
    }
    return all.reduce(0, +) / Double(max(all.count, 1))
  }

  package func isPositive(_ column: Int) -> [Bool] { classes.map { Int($0) == column } }
}
