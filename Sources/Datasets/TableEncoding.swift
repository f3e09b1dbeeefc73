/// How the columns of a table become features: numbers as they are, text one-hot, in the order of the header.
package struct TableEncoding: Sendable, Equatable, Codable {
  package enum Column: Sendable, Equatable, Codable {
    /// A missing value is replaced by the mean of the column.
    case number(name: String, mean: Double)
    /// One feature a category; a missing or unknown value is all zeros.
    case text(name: String, categories: [String])

    package var name: String {
      switch self {
      case .number(let name, _), .text(let name, _): name
      }
    }
  }

  package var columns: [Column]
  package var target: String
  /// Empty for regression.
  package var classNames: [String]

  package init(columns: [Column], target: String, classNames: [String]) {
    self.columns = columns
    self.target = target
    self.classNames = classNames
  }

  /// `age`, `town=Kiel`, `town=Bonn`: a name for every feature.
  package var featureNames: [String] {
    columns.flatMap { column in
      switch column {
      case .number(let name, _): [name]
      case .text(let name, let categories): categories.map { "\(name)=\($0)" }
      }
    }
  }
}
