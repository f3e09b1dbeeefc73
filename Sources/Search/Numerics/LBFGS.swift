/// Minimises a smooth function by limited-memory BFGS with a backtracking line search (Nocedal and Wright 2006, 7.4).
package enum LBFGS {
  /// Stops where no gradient coordinate exceeds `tolerance`, where a step gains nothing, or after `rounds` steps.
  package static func minimize(
    from start: [Double], rounds: Int, tolerance: Double, memory: Int = 10,
    _ function: ([Double]) -> (value: Double, gradient: [Double])
  ) -> (x: [Double], value: Double) {
    var x = start
    var (value, gradient) = function(x)
    guard value.isFinite else { return (x, value) }
    var history: [(s: [Double], y: [Double], rho: Double)] = []
    for _ in 0..<rounds where (gradient.map(abs).max() ?? 0) > tolerance {
      var direction = descent(gradient, history)
      var slope = dot(direction, gradient)
      if slope >= 0 {
        history = []
        direction = gradient.map { -$0 }
        slope = -dot(gradient, gradient)
      }
      // The first step has no curvature to go by.
      var step = history.isEmpty ? min(1, 1 / gradient.reduce(0) { $0 + abs($1) }) : 1.0
      var next: (x: [Double], value: Double, gradient: [Double])?
      for _ in 0..<20 {
        let trial = zip(x, direction).map { $0 + step * $1 }
        let (trialValue, trialGradient) = function(trial)
        if trialValue.isFinite && trialValue <= value + 1e-4 * step * slope {
          next = (trial, trialValue, trialGradient)
          break
        }
        step *= 0.5
      }
      guard let next else { break }
      let s = zip(next.x, x).map { $0 - $1 }
      let y = zip(next.gradient, gradient).map { $0 - $1 }
      let curvature = dot(s, y)
      if curvature > 1e-10 * dot(y, y).squareRoot() * dot(s, s).squareRoot() {
        history.append((s, y, 1 / curvature))
        if history.count > memory { history.removeFirst() }
      }
      let gain = value - next.value
      (x, value, gradient) = next
      if gain < 1e-9 * max(1, abs(value)) { break }
    }
    return (x, value)
  }

  private static func descent(_ gradient: [Double], _ history: [(s: [Double], y: [Double], rho: Double)]) -> [Double] {
    var q = gradient
    var alphas: [Double] = []
    for (s, y, rho) in history.reversed() {
      let alpha = rho * dot(s, q)
      for i in q.indices { q[i] -= alpha * y[i] }
      alphas.append(alpha)
    }
    if let (s, y, _) = history.last {
      let scale = dot(s, y) / dot(y, y)
      for i in q.indices { q[i] *= scale }
    }
    for ((s, y, rho), alpha) in zip(history, alphas.reversed()) {
      let beta = rho * dot(y, q)
      for i in q.indices { q[i] += (alpha - beta) * s[i] }
    }
    return q.map { -$0 }
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for i in a.indices { sum += a[i] * b[i] }
    return sum
  }
}
