import Foundation
import Vocabulary

extension DataSource {
  static let digits = DataSource(
    Syntax(
      "digits", "1,797 handwritten digits of 8x8 pixels, inside the program",
      source: "E. Alpaydin and C. Kaynak, UCI Machine Learning Repository, 1998; as in scikit-learn",
      example: "data digits")
  ) { _, _ in
    let packed = DigitsData.packed.filter { !$0.isWhitespace }
    let bytes = try Deflate.zlib(Array(Foundation.Data(base64Encoded: packed) ?? .init()), size: DigitsData.rows * 65)
    let pixels = DigitsData.rows * 64
    var examples = Examples(
      name: "digits", columns: 64, values: .bytes(Array(bytes[..<pixels]), unit: 1),
      targets: .classes(bytes[pixels...].map(Int32.init)))
    examples.classNames = (0..<10).map(String.init)
    examples.imageShape = .init(height: 8, width: 8)
    examples.featureNames = pixelNames(height: 8, width: 8)
    return examples
  }

  static let iris = DataSource(
    Syntax(
      "iris", "150 flowers of three species, inside the program", source: "R. A. Fisher, 1936; as in scikit-learn",
      example: "data iris")
  ) { _, _ in
    let rows = IrisData.table.split(separator: "\n").map { line in
      line.split(separator: ",").map { Float($0.trimmingPrefix(while: \.isWhitespace)) ?? .nan }
    }
    var examples = Examples(
      name: "iris", columns: 4, values: .floats(rows.flatMap { $0[..<4] }),
      targets: .classes(rows.map { Int32($0[4]) }))
    examples.classNames = ["setosa", "versicolor", "virginica"]
    examples.featureNames = ["sepal length", "sepal width", "petal length", "petal width"]
    examples.targetName = "species"
    return examples
  }
}

/// `pixel 3,5`: row and column from 0.
func pixelNames(height: Int, width: Int) -> [String] {
  (0..<height).flatMap { row in (0..<width).map { "pixel \(row),\($0)" } }
}
