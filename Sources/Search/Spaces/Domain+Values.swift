import LinearAlgebra

extension Domain {
  /// How many values it has; nil if it is continuous or the number does not fit an Int.
  package var count: Int? {
    switch self {
    case .int(let low, let high, let step, _):
      Int(exactly: Domain.steps(from: low, to: high, step)).flatMap { $0 == .max ? nil : $0 + 1 }
    case .float(let low, let high, let step?, _):
      Int(exactly: ((high - low) / step + 1e-8).rounded(.down)).flatMap { $0 == .max ? nil : $0 + 1 }
    case .float(let low, let high, nil, _): low == high ? 1 : nil
    case .categorical(let choices, _): choices.count
    }
  }

  /// The highest value that the steps from low reach.
  package var reachableHigh: Double {
    switch self {
    case .int(let low, let high, let step, _): Double(Domain.value(low, Domain.steps(from: low, to: high, step), step))
    case .float(let low, _, let step?, _): Domain.onGrid(low, Double((count ?? 1) - 1), step)
    case .float(_, let high, nil, _): high
    case .categorical(let choices, _): Double(choices.count - 1)
    }
  }

  /// The value number `index` of a domain with a count, ascending or in written order.
  package func value(at index: Int) -> ParameterValue {
    switch self {
    case .int(let low, _, let step, _): .int(low + index * step)
    case .float(let low, _, let step, _): .float(step.map { Domain.onGrid(low, Double(index), $0) } ?? low)
    case .categorical(let choices, _): choices[index]
    }
  }

  /// Whether it is one of the domain's values (a stepped float within a millionth of a step).
  package func contains(_ value: ParameterValue) -> Bool {
    switch self {
    case .int(let low, let high, let step, _):
      guard case .int(let number) = value else { return false }
      return number >= low && number <= high && UInt(bitPattern: number &- low) % UInt(step) == 0
    case .float(let low, let high, let step, _):
      guard let number = value.number, number.isFinite else { return false }
      guard let step else { return number >= low && number <= high }
      let steps = (number - low) / step
      return abs(steps - steps.rounded()) < 1e-6 && steps > -0.5 && steps < Double(count ?? 1) - 0.5
    case .categorical(let choices, _): return choices.contains(value)
    }
  }

  /// A number of the domain as a value; `number` is an index where the domain is categorical.
  ///
  /// It is brought onto the grid (halves to even, as NumPy rounds) and into the range.
  package func value(nearest number: Double) -> ParameterValue {
    switch self {
    case .int(let low, let high, let step, _):
      let steps = ((number - Double(low)) / Double(step)).rounded(.toNearestOrEven)
      let most = Domain.steps(from: low, to: high, step)
      return .int(Domain.value(low, steps < Double(most) ? UInt(Swift.max(steps, 0)) : most, step))
    case .float(let low, let high, let step, _):
      guard let step else { return .float(Swift.min(Swift.max(number, low), high)) }
      let steps = ((number - low) / step).rounded(.toNearestOrEven)
      return .float(Domain.onGrid(low, Swift.min(Swift.max(steps, 0), Double((count ?? 1) - 1)), step))
    case .categorical(let choices, _):
      return choices[Swift.min(Swift.max(Int(number.rounded()), 0), choices.count - 1)]
    }
  }

  /// The value as a number: an index where the domain is categorical, nil where it is no value of this kind.
  package func number(of value: ParameterValue) -> Double? {
    switch self {
    case .int, .float: value.number
    case .categorical(let choices, _): choices.firstIndex(of: value).map(Double.init)
    }
  }

  /// Whole steps from one end of a range of ints to the other. No range of 64-bit ints overflows.
  static func steps(from low: Int, to high: Int, _ step: Int) -> UInt {
    UInt(bitPattern: high &- low) / UInt(Swift.max(step, 1))
  }

  /// low + k step, for a k within the range.
  static func value(_ low: Int, _ steps: UInt, _ step: Int) -> Int { low &+ Int(bitPattern: steps &* UInt(step)) }

  /// Whether it is drawn and modelled in its logarithm.
  package var isLog: Bool {
    switch self {
    case .int(_, _, _, let isLog), .float(_, _, _, let isLog): isLog
    case .categorical: false
    }
  }

  /// low + k step without the last digits that binary fractions add: 0.1 + 2 * 0.1 is 0.3.
  static func onGrid(_ low: Double, _ steps: Double, _ step: Double) -> Double {
    let raw = low + steps * step
    let rounded = (raw * 1e12).rounded() / 1e12
    let size = Swift.max(abs(raw), Swift.min(Swift.max(abs(low), abs(step)), 1))
    return abs(raw) < 1e3 && abs(raw - rounded) <= 1e-14 * size ? rounded : raw
  }
}

extension Domain {
  /// What kind of parameter it is: a study keeps it while ranges change.
  package var kind: String {
    switch self {
    case .int(_, _, _, let log): log ? "a logarithmic int" : "an int"
    case .float(_, _, _, let log): log ? "a logarithmic float" : "a float"
    case .categorical: "a set"
    }
  }
}
