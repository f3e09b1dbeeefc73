/// Where everything of a plot stands.
struct SVGLayout {
  struct Place {
    var frame: Frame
    var xTicks: [Tick]
    var yTicks: [Tick]
    /// Degrees by which the x axis' labels are turned.
    var turned: Double
    var showsXName: Bool
    var showsYName: Bool
    var showsYLabels: Bool
    /// Pixels from the frame's left edge to the y axis' name, from its bottom to the x axis' name.
    var yNameOffset: Double
    var xNameOffset: Double
  }

  static let margin = 14.0

  var width: Double
  var height: Double
  var titleY: Double
  var subtitleY: Double
  var legendY: Double
  var legend: (rows: [Legend.Row], left: Int)
  var places: [Place]
  var colorBar: Frame?
}
