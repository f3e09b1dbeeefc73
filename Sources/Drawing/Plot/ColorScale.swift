/// What colours mean: a range of values mapped to a ramp.
package struct ColorScale: Sendable {
  package enum Ramp: Sendable {
    /// Dark violet to yellow, evenly bright steps (viridis, van der Walt and Smith 2015).
    case viridis
    /// White to dark blue.
    case blues
    /// White to middle grey: a ground for coloured lines.
    case greys
    /// Blue over white to vermillion, for values around a middle.
    case diverging

    var stops: [Color] {
      switch self {
      case .viridis:
        [0x440154, 0x482878, 0x3E4989, 0x31688E, 0x26828E, 0x1F9E89, 0x35B779, 0x6ECE58, 0xB5DE2B, 0xFDE725]
          .map { Color($0) }
      case .blues:
        [0xF7FBFF, 0xDEEBF7, 0xC6DBEF, 0x9ECAE1, 0x6BAED6, 0x4292C6, 0x2171B5, 0x08519C, 0x08306B].map { Color($0) }
      case .greys: [0xFDFDFD, 0xD9D9D9, 0x9C9C9C].map { Color($0) }
      case .diverging: [0x0072B2, 0x7FB8D8, 0xF7F7F7, 0xEAAE80, 0xD55E00].map { Color($0) }
      }
    }
  }

  package var name: String
  package var range: ClosedRange<Double>
  package var isLog: Bool
  package var ramp: Ramp
  /// The ramp's end stands for the low values.
  package var isReversed: Bool
  package var format: Axis.Format

  package init(
    _ name: String, range: ClosedRange<Double>, isLog: Bool = false, ramp: Ramp = .viridis, isReversed: Bool = false,
    format: Axis.Format = .number
  ) {
    self.name = name
    self.range = range
    self.isLog = isLog
    self.ramp = ramp
    self.isReversed = isReversed
    self.format = format
  }
}
