#if canImport(Glibc)
  import Glibc
#endif

/// Configurations as vectors: a coordinate in [0, 1] a parameter, logarithms first, each step a cell of the range.
///
/// Values outside the domain, of a range that was wider once, lie outside. A set without order is its index. A parameter that is not active stands in the middle (a set: at -1), so that it makes no
/// difference between two configurations that both lack it.
package struct UnitCube: Sendable {
  struct Axis: Sendable {
    let name: String
    let domain: Domain
    let isCategorical: Bool
    /// The coordinates of all values, ascending, where there are not too many of them to list.
    let levels: [Double]?

    init(_ parameter: Parameter) {
      name = parameter.name
      domain = parameter.domain
      if case .categorical(_, ordered: false) = domain { isCategorical = true } else { isCategorical = false }
      if let count = domain.count, count <= 2000 {
        levels =
          isCategorical
          ? (0..<count).map(Double.init)
          : (0..<count).map { Self.coordinate(parameter.domain.value(at: $0), parameter.domain) }
      } else {
        levels = nil
      }
    }

    var absent: Double { isCategorical ? -1 : 0.5 }

    func coordinate(_ value: ParameterValue) -> Double {
      isCategorical ? domain.number(of: value) ?? -1 : Self.coordinate(value, domain)
    }

    private static func coordinate(_ value: ParameterValue, _ domain: Domain) -> Double {
      guard let number = domain.number(of: value) else { return 0.5 }
      let (low, high) = domain.widened
      if high == low { return 0.5 }
      // A value of an earlier, wider range lies outside the cube; it is not moved to its edge.
      let u: Double
      switch domain {
      case .int(_, _, _, log: true), .float(_, _, _, log: true): u = (log(number) - low) / (high - low)
      default: u = (number - low) / (high - low)
      }
      return u.isFinite ? min(max(u, -3), 4) : 0.5
    }

    /// The value at a coordinate, brought onto the domain's steps.
    func value(_ u: Double) -> ParameterValue {
      if isCategorical { return domain.value(nearest: u) }
      let (low, high) = domain.widened
      let x = low + u * (high - low)
      switch domain {
      case .int(_, _, _, log: true), .float(_, _, _, log: true): return domain.value(nearest: exp(x))
      case .float(let low, let high, nil, log: false): return .float(min(max(x, low), high))
      default: return domain.value(nearest: x)
      }
    }

    /// The value for a uniform number in [0, 1): equal shares for the choices of a set.
    func draw(_ u: Double) -> ParameterValue {
      guard case .categorical(let choices, _) = domain else { return value(u) }
      return choices[min(Int(u * Double(choices.count)), choices.count - 1)]
    }

    /// The nearest coordinate that a value has.
    func snapped(_ u: Double) -> Double {
      if isCategorical { return min(max(u.rounded(), 0), Double((levels?.count ?? 1) - 1)) }
      guard let levels else { return domain.count == nil ? min(max(u, 0), 1) : coordinate(value(u)) }
      var (low, high) = (0, levels.count - 1)
      while low < high {
        let middle = (low + high) / 2
        if levels[middle] < u { low = middle + 1 } else { high = middle }
      }
      return low > 0 && u - levels[low - 1] <= levels[low] - u ? levels[low - 1] : levels[low]
    }
  }

  let space: Space
  let axes: [Axis]

  package init(_ space: Space) {
    self.space = space
    axes = space.parameters.map(Axis.init)
  }

  func vector(_ point: Point) -> [Double] {
    axes.map { axis in point[axis.name].map(axis.coordinate) ?? axis.absent }
  }

  func point(_ vector: [Double]) -> Point {
    var index = 0
    guard space.isConditional else {
      return space.configuration { _ in
        defer { index += 1 }
        return axes[index].value(vector[index])
      }
    }
    let places = Dictionary(uniqueKeysWithValues: axes.enumerated().map { ($1.name, $0) })
    return space.configuration { parameter in
      let place = places[parameter.name]!
      return axes[place].value(max(vector[place], 0))
    }
  }

  /// The vector of the configuration that a vector stands for.
  func canonical(_ vector: [Double]) -> [Double] {
    if space.isConditional { return self.vector(point(vector)) }
    return axes.indices.map { axes[$0].snapped(vector[$0]) }
  }

  /// A configuration from uniform numbers, one a parameter.
  package func drawn(_ uniform: [Double]) -> Point {
    let places = Dictionary(uniqueKeysWithValues: axes.enumerated().map { ($1.name, $0) })
    return space.configuration { axes[places[$0.name]!].draw(uniform[places[$0.name]!]) }
  }

  /// The configuration in the middle of all ranges.
  static func middle(of space: Space) -> Point { space.configuration { middle(of: $0.domain) } }

  static func middle(of domain: Domain) -> ParameterValue { Axis(Parameter("", in: domain)).draw(0.5) }
}
