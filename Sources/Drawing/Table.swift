/// A table as values: drawn as aligned text and as HTML from the same cells.
package struct Table: Sendable {
  package enum Alignment: Sendable {
    case left, right
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
  /// Each as long as `columns`; already formatted (`Number` formats numbers).
  package var rows: [[String]]
  /// The row that is marked as the best, by index.
  package var marked: Int?
  /// A line under the table.
  package var note: String?

  package init(title: String? = nil, columns: [Column], rows: [[String]], marked: Int? = nil, note: String? = nil) {
    self.title = title
    self.columns = columns
    self.rows = rows
    self.marked = marked
    self.note = note
  }
}
