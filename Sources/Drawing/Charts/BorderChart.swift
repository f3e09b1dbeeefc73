/// Where a network changes its mind, over two features.
package struct BorderChart: Chart {
  package static let name = "border"
  package static let help =
    "what the network predicts over two features, with the border between classes; the others stay at their means"

  package enum Surface: Sendable {
    /// `shares[row][column]` holds a probability for each class.
    case classes([[[Double]]], names: [String])
    case numbers([[Double]], name: String)
  }

  /// Rows of the data over the two features.
  package struct Rows: Sendable {
    package var x: [Double]
    package var y: [Double]
    /// One a row: a place in the classes, or the true number.
    package var classes: [Int]
    package var numbers: [Double]

    package init(x: [Double], y: [Double], classes: [Int] = [], numbers: [Double] = []) {
      (self.x, self.y, self.classes, self.numbers) = (x, y, classes, numbers)
    }
  }

  package var judged: Judged
  package var xName: String
  package var yName: String
  /// Ascending.
  package var x: [Double]
  package var y: [Double]
  package var surface: Surface
  package var rows: Rows
  /// Features that stay at their means.
  package var others: Int

  package init(
    _ judged: Judged, xName: String, yName: String, x: [Double], y: [Double], surface: Surface, rows: Rows, others: Int
  ) {
    (self.judged, self.xName, self.yName) = (judged, xName, yName)
    (self.x, self.y, self.surface) = (x, y, surface)
    (self.rows, self.others) = (rows, others)
  }

  package func draw() -> Picture { plot.draw() }
}
