import LinearAlgebra

#if canImport(Glibc)
  import Glibc
#endif

/// How two parents become a child: what the genetic samplers share.
package struct Breeding: Sendable {
  /// The chance that there is a second parent.
  var crossover = 0.9
  /// The chance that a parameter comes from the second parent.
  var swap = 0.5
  /// The chance that a parameter is changed; nil: one in a configuration.
  var mutation: Double?
  /// The spread of a change as a share of the range; nil: drawn anew.
  var spread: Double?

  package init(crossover: Double = 0.9, swap: Double = 0.5, mutation: Double? = nil, spread: Double? = nil) {
    self.crossover = crossover
    self.swap = swap
    self.mutation = mutation
    self.spread = spread
  }

  /// A configuration of the space: parents' values that fit their domains, the others drawn.
  func child(_ first: Point, _ second: Point, _ space: Space, _ random: inout RandomStream) -> Point {
    let isCrossed = random.uniform() < crossover
    let chance = mutation ?? 1 / Double(max(1, space.parameters.count))
    return space.configuration { parameter in
      let other = isCrossed && random.uniform() < swap
      let value = (other ? second : first)[parameter.name] ?? (other ? first : second)[parameter.name]
      let change = random.uniform() < chance
      guard let value, parameter.domain.contains(value) else { return parameter.domain.draw(&random) }
      return change ? mutated(value, parameter, &random) : value
    }
  }

  /// Another value: a near one of an ordered domain where a spread is given, else any.
  private func mutated(_ value: ParameterValue, _ parameter: Parameter, _ random: inout RandomStream) -> ParameterValue
  {
    let axis = UnitCube.Axis(parameter)
    guard let spread, !axis.isCategorical else { return parameter.domain.draw(&random) }
    for _ in 0..<20 {
      let u = axis.coordinate(value) + spread * random.normal()
      guard u >= 0, u <= 1 else { continue }
      let changed = axis.value(u)
      if changed != value { return changed }
    }
    return parameter.domain.draw(&random)
  }
}
