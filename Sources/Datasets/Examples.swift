/// Rows of features with their targets, as a source gives them: not yet split or standardised.
package struct Examples: Sendable {
  /// Features in one array, row by row.
  package enum Values: Sendable {
    /// Kept as bytes until a batch needs them; a byte stands for `byte * unit` (1/255 for images).
    case bytes([UInt8], unit: Float)
    case floats([Float])
    /// Columns of a table, of which each row's inputs are worked out when they are needed.
    case table(EncodedTable)

    package var count: Int {
      switch self {
      case .bytes(let bytes, _): bytes.count
      case .floats(let floats): floats.count
      case .table(let table): table.rows * table.width
      }
    }
  }

  package enum Targets: Sendable, Equatable {
    /// Indices into the class names.
    case classes([Int32])
    /// Rows x width: several numbers are predicted where the width is above 1.
    case numbers([Double], width: Int = 1)

    package var count: Int {
      switch self {
      case .classes(let classes): classes.count
      case .numbers(let numbers, let width): numbers.count / width
      }
    }
  }

  package struct ImageShape: Sendable, Equatable, Codable {
    package var height: Int
    package var width: Int
    package var channels: Int
    /// Whether a row holds one channel after the other, as PyTorch has them; nil: the channels of each pixel together.
    package var isChannelsFirst: Bool?
    package init(height: Int, width: Int, channels: Int = 1) {
      self.height = height
      self.width = width
      self.channels = channels
    }
  }

  package var name: String
  package var columns: Int
  package var values: Values
  package var targets: Targets
  /// Empty for regression.
  package var classNames: [String] = []
  package var featureNames: [String] = []
  /// A name for each number that is predicted; one for classes.
  package var targetNames = ["target"]
  package var imageShape: ImageShape?
  /// Each row's weight in losses and metrics, at least 0; empty if all rows count alike.
  package var weights: [Double] = []
  /// Each row's number in its source, from 1; empty if all rows were taken.
  package var rowNumbers: [Int32] = []
  /// Rows of the source that had no target and were left out.
  package var rowsWithoutTarget = 0
  /// The last rows, where the source ships them as its test part.
  package var testRows: Range<Int>?
  /// The rows of a file of validation rows, where there is one.
  package var validationRows: Range<Int>?
  /// The validation rows the source's users expect (10,000 for MNIST's family); nil: a fifth.
  package var customaryValidation: Int?
  /// What a user should know about the reading.
  package var notices: [String] = []

  /// How the columns of a table become features.
  package var encoding: TableEncoding? { if case .table(let table) = values { table.encoding } else { nil } }
  package var table: DataTable? { if case .table(let table) = values { table.table } else { nil } }

  /// The same rows, their columns turned into inputs by another encoding. Throws if the table does not suit it.
  package func encoded(by encoding: TableEncoding) throws -> Examples {
    guard let table else { return self }
    var result = self
    result.values = .table(try EncodedTable(table, encoding))
    (result.columns, result.featureNames) = (encoding.width, encoding.featureNames)
    return result
  }

  package init(name: String, columns: Int, values: Values, targets: Targets) {
    self.name = name
    self.columns = columns
    self.values = values
    self.targets = targets
    if case .numbers(_, let width) = targets, width > 1 { targetNames = (1...width).map { "target \($0)" } }
  }

  package var rows: Int { targets.count }

  /// The number of a row in its source, from 1.
  package func number(of row: Int) -> Int { rowNumbers.isEmpty ? row + 1 : Int(rowNumbers[row]) }

  package var targetName: String {
    get { targetNames.joined(separator: ", ") }
    set { targetNames = [newValue] }
  }

  /// The features of one row, before standardising (a byte times its unit); of a table its inputs.
  package func row(_ index: Int) -> [Float] {
    let range = index * columns..<(index + 1) * columns
    switch values {
    case .bytes(let bytes, let unit): return bytes[range].map { Float($0) * unit }
    case .floats(let floats): return Array(floats[range])
    case .table(let table): return table.row(index)
    }
  }
}
