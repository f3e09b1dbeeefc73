/// One axis: what it measures and how values become places.
package struct Axis: Sendable {
  package enum Scale: Sendable, Equatable {
    case linear
    /// Decades; values at or below zero have no place and are left out.
    case log
    /// One place a name: value 0 is the first.
    case categories([String])
  }

  /// How a tick is written.
  package enum Format: Sendable {
    case number
    /// Ticks at whole numbers only: epochs, trials.
    case whole
    /// Shares as percentages.
    case percent
    /// Seconds as `10 s`, `2 min`.
    case duration
    /// Seconds since 1970 (UTC) as dates or times.
    case date
  }

  package var name: String
  package var unit: String?
  package var scale: Scale
  package var format: Format
  /// nil: the data's range, a little wider.
  package var range: ClosedRange<Double>?
  /// The automatic range reaches down (or up) to zero: bars, shares.
  package var includesZero: Bool
  /// Larger values to the left or below.
  package var isReversed: Bool
  /// No line, ticks or name are drawn.
  package var isHidden: Bool

  package init(
    _ name: String, unit: String? = nil, scale: Scale = .linear, format: Format = .number,
    range: ClosedRange<Double>? = nil, includesZero: Bool = false, isReversed: Bool = false, isHidden: Bool = false
  ) {
    self.name = name
    self.unit = unit
    self.scale = scale
    self.format = format
    self.range = range
    self.includesZero = includesZero
    self.isReversed = isReversed
    self.isHidden = isHidden
  }

  /// The name with its unit and, on a log axis, the scale: `time (s)`, `learning rate (log)`.
  var label: String {
    var parts: [String] = []
    if let unit, !unit.isEmpty { parts.append(unit) }
    if scale == .log { parts.append("log scale") }
    return parts.isEmpty ? name : name + " (" + parts.joined(separator: ", ") + ")"
  }

  var categories: [String]? {
    if case .categories(let names) = scale { names } else { nil }
  }
}
