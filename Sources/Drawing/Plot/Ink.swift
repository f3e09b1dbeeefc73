/// How a layer is drawn: colour, dash and mark tell series apart three times over.
package struct Ink: Sendable, Hashable {
  package enum Dash: String, Sendable, CaseIterable {
    case solid = ""
    case dashed = "6 3"
    case dotted = "1.5 2.5"
    case dashDotted = "8 3 2 3"
    case long = "12 4"
  }

  package enum Mark: Character, Sendable, CaseIterable {
    case circle = "o"
    case cross = "x"
    case square = "#"
    case triangle = "^"
    case diamond = "%"
    case plus = "+"
    case star = "*"
    /// A small filled dot, for many points.
    case dot = "."
  }

  package var color: Color
  package var dash: Dash
  /// nil draws a line without marks.
  package var mark: Mark?
  package var width: Double
  /// 0...1.
  package var opacity: Double
  /// Whether marks are filled or only outlined.
  package var isFilled: Bool

  package init(
    _ color: Color, dash: Dash = .solid, mark: Mark? = .circle, width: Double = 1.8, opacity: Double = 1,
    isFilled: Bool = true
  ) {
    self.color = color
    self.dash = dash
    self.mark = mark
    self.width = width
    self.opacity = opacity
    self.isFilled = isFilled
  }

  /// The ink of the n-th series: colours repeat after 7, dashes and marks with other periods, so that 35 series differ.
  package static func series(_ index: Int) -> Ink {
    let marks: [Mark] = [.circle, .cross, .square, .triangle, .diamond, .plus, .star]
    let round = index / Color.series.count
    return Ink(
      Color.series[index % Color.series.count], dash: Dash.allCases[(index + round) % Dash.allCases.count],
      mark: marks[(index + round) % marks.count])
  }
}
