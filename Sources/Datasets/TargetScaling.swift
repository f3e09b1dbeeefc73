import Foundation

/// How the numbers that are predicted are brought to the unit a network trains in: `(f(y) - mean) / deviation`, where f is
/// the identity or the logarithm. Fitted on training rows, kept with the model.
///
/// What a user sees (losses, metrics, predictions) is in the target's own unit: `decode` leads back to it.
package struct TargetScaling: Sendable, Equatable, Codable {
  package enum Kind: String, Sendable, CaseIterable, Codable {
    case none, standard, log
  }

  package var kind: Kind
  /// One for every target; empty for none. Of f(y), over the training rows.
  package var mean: [Double]
  /// As `mean`; the population's, 1 where a target is constant.
  package var deviation: [Double]
  /// The deviation of y itself: what one step of the network's unit is worth on average.
  package var spread: [Double]
  /// Added before the logarithm: 1 where a target can be 0.
  package var offset: Double

  package static let identity = TargetScaling(kind: .none, mean: [], deviation: [], spread: [], offset: 0)

  /// The network's number for a target.
  package func encode(_ y: Double, _ target: Int) -> Double {
    switch kind {
    case .none: y
    case .standard: (y - mean[target]) / deviation[target]
    case .log: (Foundation.log(y + offset) - mean[target]) / deviation[target]
    }
  }

  /// The target for a network's number.
  package func decode(_ z: Double, _ target: Int) -> Double {
    switch kind {
    case .none: z
    case .standard: z * deviation[target] + mean[target]
    case .log: exp(z * deviation[target] + mean[target]) - offset
    }
  }

  /// Rows of outputs in the targets' own unit.
  package func decode(_ outputs: [Float], width: Int) -> [Double] {
    kind == .none ? outputs.map(Double.init) : outputs.indices.map { decode(Double(outputs[$0]), $0 % width) }
  }
}

extension TargetScaling {
  /// Fitted on the given rows. Throws `DataError` where a target has no logarithm.
  static func fitted(_ kind: Kind, to examples: Examples, rows: [Int32]) throws -> TargetScaling {
    guard case .numbers(let numbers, let width) = examples.targets, kind != .none, !rows.isEmpty else {
      return .identity
    }
    var offset = 0.0
    if kind == .log {
      let least = numbers.min() ?? 1
      guard least >= 0 else {
        throw DataError(
          "target_scale=log needs targets that are not negative, and the least is \(least)",
          hint: "use target_scale=standard")
      }
      offset = least > 0 ? 0 : 1
    }
    var result = TargetScaling(kind: kind, mean: [], deviation: [], spread: [], offset: offset)
    for target in 0..<width {
      let own = rows.map { numbers[Int($0) * width + target] }
      let weights = examples.weights.isEmpty ? [] : rows.map { examples.weights[Int($0)] }
      let values = kind == .log ? own.map { Foundation.log($0 + offset) } : own
      let moments = Moments(values, weights: weights)
      result.mean.append(moments.mean)
      result.deviation.append(moments.scale)
      result.spread.append(kind == .log ? Moments(own, weights: weights).scale : moments.scale)
    }
    return result
  }
}

/// Mean and population deviation of numbers, in two passes: exact to double precision wherever the numbers lie.
struct Moments {
  let mean: Double
  let deviation: Double
  /// All numbers are the same, up to rounding.
  let isConstant: Bool

  /// What to divide by: 1 for constant numbers.
  var scale: Double { isConstant ? 1 : deviation }

  /// `weights`: each value's, as by scikit-learn's `StandardScaler`; empty if all count alike.
  init(_ values: some Collection<Double>, weights: [Double] = []) {
    let mean: Double
    let variance: Double
    if weights.isEmpty {
      let count = Double(max(values.count, 1))
      mean = values.reduce(0, +) / count
      variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    } else {
      let total = max(weights.reduce(0, +), .leastNormalMagnitude)
      let middle = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
      variance = zip(values, weights).reduce(0) { $0 + $1.1 * ($1.0 - middle) * ($1.0 - middle) } / total
      mean = middle
    }
    self.mean = mean
    deviation = variance.squareRoot()
    guard deviation <= 1e-12 * abs(mean), let first = values.first else {
      isConstant = variance == 0
      return
    }
    // So small a deviation may be the mean's own rounding.
    let spread = values.reduce(0) { max($0, abs($1 - first)) }
    isConstant = spread <= 4e-15 * abs(mean)
  }
}
