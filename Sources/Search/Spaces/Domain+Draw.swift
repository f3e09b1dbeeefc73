import LinearAlgebra

#if canImport(Glibc)
  import Glibc
#endif

/// Where uniform numbers in [0, 1) come from: a `RandomStream`, or a reference's generator in a test.
package protocol UniformSource {
  mutating func uniform() -> Double
}

extension RandomStream: UniformSource {}

extension Domain {
  /// A uniform draw, every value of a stepped domain equally likely (in the logarithm where `log`).
  ///
  /// The order of random numbers and the rounding follow Optuna's random sampler: ranges are widened by half a step
  /// before the draw, a set of k choices takes k numbers and the largest wins.
  package func draw(_ random: inout some UniformSource) -> ParameterValue {
    switch self {
    case .categorical(let choices, _):
      var best = 0
      var largest = -1.0
      for index in choices.indices {
        let u = random.uniform()
        if u > largest { (best, largest) = (index, u) }
      }
      return choices[best]
    case .int(let low, let high, let step, let isLog):
      if low == high { return .int(low) }
      let (a, b) = widened
      let u = a + (b - a) * random.uniform()
      guard isLog else {
        let steps = ((u - Double(low)) / Double(step) + 0.5).rounded(.down)
        let most = Domain.steps(from: low, to: high, step)
        return .int(Domain.value(low, steps < Double(most) ? UInt(Swift.max(steps, 0)) : most, step))
      }
      return value(nearest: exp(u))
    case .float(let low, let high, let step, let isLog):
      if low == high { return .float(low) }
      let (a, b) = widened
      let u = a + (b - a) * random.uniform()
      if step != nil { return value(nearest: u) }
      return .float(Swift.min(Swift.max(isLog ? exp(u) : u, low), high.nextDown))
    }
  }

  /// The ends of the range in the coordinate that is drawn: half a step wider, logarithms where `log`.
  var widened: (low: Double, high: Double) {
    switch self {
    case .categorical(let choices, _): return (-0.5, Double(choices.count) - 0.5)
    case .int(let low, _, let step, let isLog):
      let half = Double(step) / 2
      let (a, b) = (Double(low) - half, reachableHigh + half)
      return isLog ? (log(a), log(b)) : (a, b)
    case .float(let low, let high, let step, let isLog):
      if let step { return (low - step / 2, reachableHigh + step / 2) }
      return isLog ? (log(low), log(high)) : (low, high)
    }
  }
}
