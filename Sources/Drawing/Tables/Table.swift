/// A table as values: drawn as aligned text, as HTML and as CSV from the same cells.
package struct Table: Sendable {
  package enum Alignment: Sendable {
    case left, right
    /// On the decimal point; cells without one end where the point would stand.
    case decimal
  }
  package struct Column: Sendable {
    package var title: String
    package var alignment: Alignment
    package init(_ title: String, _ alignment: Alignment = .right) {
      self.title = title
      self.alignment = alignment
    }
  }
  package var title: String?
  package var columns: [Column]
  /// Already formatted (`Number` formats numbers). A short row is filled with empty cells, a long one cut.
  package var rows: [[String]]
  /// The row that is marked as the best, by index.
  package var marked: Int?
  /// What stands under the table, a line or several.
  package var note: String?

  package init(title: String? = nil, columns: [Column], rows: [[String]], marked: Int? = nil, note: String? = nil) {
    self.title = title
    self.columns = columns
    self.rows = rows
    self.marked = marked
    self.note = note
  }

  /// Whether a column has a title: a table of names and values needs none.
  var hasHeader: Bool { columns.contains { !$0.title.isEmpty } }

  /// The cell of a row, empty where the row is too short.
  func cell(_ row: Int, _ column: Int) -> String {
    column < rows[row].count ? rows[row][column] : ""
  }

  /// Columns that are shown; the note counts the others.
  static let mostColumns = 100

  /// The table with as many columns as are shown.
  var bounded: Table {
    guard columns.count > Self.mostColumns else { return self }
    var result = self
    result.columns = Array(columns.prefix(Self.mostColumns))
    let more = "\(Number.count(columns.count - Self.mostColumns)) more columns"
    result.note = [note, "... \(more) ..."].compactMap { $0 }.joined(separator: "\n")
    return result
  }
}
