/// What the data look like: sample images, or rows over two features.
package struct DataChart: Chart {
  package static let name = "data"
  package static let help =
    "sample images, or the rows over two features, coloured by class; of one column a histogram or bars"

  package enum Content: Sendable {
    case images([Sample], width: Int, height: Int)
    case scatter(Scatter)
    case column(Column)
  }

  /// The values of one column: numbers (NaN if missing), or places in a list of texts (-1 if missing).
  package struct Column: Sendable {
    package var name: String
    package var numbers: [Double] = []
    /// Whether the numbers are seconds since 1970.
    package var isDates = false
    package var codes: [Int] = []
    package var texts: [String] = []
    /// One a row: an index into `classNames`; empty for none.
    package var classes: [Int] = []
    package var classNames: [String] = []

    package init(name: String) { self.name = name }
  }

  /// A grey image: `pixels` row by row, 0 black to 1 white.
  package struct Sample: Sendable {
    package var pixels: [Float]
    package var label: String
    /// A second line under the label.
    package var note: String

    package init(pixels: [Float], label: String, note: String = "") {
      self.pixels = pixels
      self.label = label
      self.note = note
    }
  }

  /// Rows over two features: with classes coloured by class, without by target.
  package struct Scatter: Sendable {
    package var x: [Double]
    package var y: [Double]
    package var xName: String
    package var yName: String
    /// One a row: an index into `classNames`; empty for regression.
    package var classes: [Int]
    package var classNames: [String]
    package var targets: [Double]
    package var targetName: String

    package init(
      x: [Double], y: [Double], xName: String, yName: String, classes: [Int] = [], classNames: [String] = [],
      targets: [Double] = [], targetName: String = "target"
    ) {
      self.x = x
      self.y = y
      self.xName = xName
      self.yName = yName
      self.classes = classes
      self.classNames = classNames
      self.targets = targets
      self.targetName = targetName
    }
  }

  package var dataset: String
  package var content: Content

  package init(dataset: String, content: Content) {
    self.dataset = dataset
    self.content = content
  }
}
