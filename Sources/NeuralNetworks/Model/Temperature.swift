import Foundation

/// The factor of a classifier's sums that makes its log loss on given rows least: one over the temperature of C. Guo et al., 2017.
///
/// The derivative of the mean log loss, mean(sum_k z_k p_k(factor) - z_y), rises with the factor: its zero is found by halving
/// an interval of the factor's logarithm.
package enum Temperature {
  /// `sums` are rows x width; a width of 1 is the sum of the second of two classes, `perClass` a probability for each class by
  /// itself. Throws `TrainingError` if no factor is best. O(30 rows width).
  package static func factor(
    sums: [Double], width: Int, classes: [Int32], weights: [Double] = [], perClass: Bool = false
  ) throws -> Double {
    let total = weights.isEmpty ? Double(classes.count) : weights.reduce(0, +)
    func slope(_ factor: Double) -> Double {
      var sum = 0.0
      for (row, label) in classes.enumerated() {
        let line = sums[(row * width)..<((row + 1) * width)]
        let part = width == 1 || perClass ? each(line, Int(label), factor) : together(line, Int(label), factor)
        sum += (weights.isEmpty ? 1 : weights[row]) * part
      }
      return sum / total
    }
    // With 0 all classes are equally likely; with an infinite factor only the largest sum counts.
    guard slope(0) < 0 else {
      throw TrainingError(
        "the validation rows are predicted no better than by guessing: there is no temperature to find",
        hint: "train longer, or with other settings")
    }
    var (low, high) = (-16.0, 16.0)
    guard slope(exp(high)) > 0 else {
      throw TrainingError(
        "every validation row is predicted right, so any temperature below would fit: there is nothing to calibrate",
        hint: "keep more rows for it: data ... validation=0.3")
    }
    for _ in 0..<40 {
      let middle = (low + high) / 2
      if slope(exp(middle)) < 0 { low = middle } else { high = middle }
    }
    return exp((low + high) / 2)
  }

  /// sum_k z_k softmax(factor z)_k - z_y
  private static func together(_ line: ArraySlice<Double>, _ label: Int, _ factor: Double) -> Double {
    let top = line.max() ?? 0
    var (mass, mean) = (0.0, 0.0)
    for z in line {
      let share = exp(factor * (z - top))
      mass += share
      mean += share * z
    }
    return mean / mass - line[line.startIndex + label]
  }

  /// sum_k z_k (sigmoid(factor z_k) - y_k)
  private static func each(_ line: ArraySlice<Double>, _ label: Int, _ factor: Double) -> Double {
    line.enumerated().reduce(0) { sum, entry in
      let (k, z) = entry
      let isTrue = line.count == 1 ? label == 1 : k == label
      return sum + z * (1 / (1 + exp(-factor * z)) - (isTrue ? 1 : 0))
    }
  }
}
