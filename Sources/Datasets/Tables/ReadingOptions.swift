/// What can be asked of the reading of a table; nil or empty: guessed.
package struct ReadingOptions: Sendable, Equatable, Codable {
  package var header: Bool?
  package var names: [String] = []
  package var separator: String?
  package var decimal: String?
  package var thousands: String?
  /// Of dates such as 3/4/2024 that do not show it themselves: whether the day comes first.
  package var dayFirst: Bool?
  /// Texts that mean a missing value, beside those that are known.
  package var na: [String] = []
  package var encoding: String?
  /// Lines to leave out at the start.
  package var skip: Int?
  /// What a line begins with that is not data.
  package var comment: String?
  package var numeric: [String] = []
  package var categorical: [String] = []
  package var dates: [String] = []
  package var ignore: [String] = []
  package var id: String?
  package var group: String?
  package var weight: String?
  package var target: [String] = []
  package var task: Task?
  /// Rows after which reading may stop; nil: all.
  package var rows: Int?

  package init() {}

  /// The numbers among the texts that mean a missing value.
  package var missingNumbers: [Double] { na.compactMap { NumberBytes.number($0) } }
}

/// How a table was read: the options and what was taken of each column.
package struct TableSchema: Sendable, Equatable, Codable {
  package struct Column: Sendable, Equatable, Codable {
    package var name: String
    package var kind: DataColumn.Kind
    package var form: ColumnForm

    package init(name: String, kind: DataColumn.Kind, form: ColumnForm) {
      (self.name, self.kind, self.form) = (name, kind, form)
    }
  }

  package var options: ReadingOptions
  package var columns: [Column]

  package init(options: ReadingOptions, columns: [Column]) {
    (self.options, self.columns) = (options, columns)
  }
}
