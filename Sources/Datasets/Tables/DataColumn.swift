/// One column of a table.
package struct DataColumn: Sendable {
  package enum Kind: String, Sendable, Codable, CaseIterable {
    case number
    /// A few texts that come again.
    case category
    /// Two words such as yes and no.
    case boolean
    case date
    /// Free text: nearly every value differs and is long. Not for a network.
    case text
    /// Names, numbers of customers, keys: nearly every value differs. Not for a network.
    case identifier
    /// One value in every row: it tells nothing.
    case constant
  }

  package enum Values: Sendable {
    /// NaN if missing. Dates are seconds since 1970 (UTC).
    case numbers([Double])
    /// Places in the dictionary, -1 if missing. The dictionary is in order of first appearance, each text once, without
    /// blanks at its ends; of a boolean it holds the word for false, then the word for true.
    case codes([Int32], dictionary: [String])
  }

  package enum Role: String, Sendable, Codable, CaseIterable {
    case feature, target, ignored, id, group, weight
  }

  package var name: String
  package var kind: Kind
  package var values: Values
  package var form: ColumnForm
  package var role = Role.feature
  /// Rows without a value.
  package var missing: Int
  /// What was guessed, if it is not plain: "decimal commas", "day before month", "'-' and 'n.a.' taken as missing".
  package var note: String?
  /// Whether some dates have day and month in another order than the column has.
  var isOutOfOrder = false
  /// Whether the kind was asked for, not guessed.
  package var isGiven = false
  /// The file's own texts of numbers that a double rounds; nil if there are none.
  var written: Values?

  package init(
    name: String, kind: Kind, values: Values, missing: Int, form: ColumnForm = ColumnForm(), note: String? = nil
  ) {
    (self.name, self.kind, self.values, self.missing) = (name, kind, values, missing)
    (self.form, self.note) = (form, note)
  }

  package var count: Int {
    switch values {
    case .numbers(let numbers): numbers.count
    case .codes(let codes, _): codes.count
    }
  }

  package func isMissing(_ row: Int) -> Bool {
    switch values {
    case .numbers(let numbers): numbers[row].isNaN
    case .codes(let codes, _): codes[row] < 0
    }
  }
}

/// How the texts of a column are to be understood, beyond its kind.
package struct ColumnForm: Sendable, Equatable, Codable {
  /// The mark before decimals: "." or ",".
  package var decimal = "."
  /// What stands between groups of three digits; nil if nothing.
  package var thousands: String?
  /// Of 3/4/2024: whether the day comes first.
  package var dayFirst = false
  /// Texts that mean a missing value here, beside the empty one and the usual words.
  package var missingWords: [String] = []
  /// Usual words for missing that are categories here; nil in most columns.
  package var keptWords: [String]?
  /// Of a boolean: the words for false and true.
  package var words: [String] = []
  /// A unit or currency sign that stood with the numbers: "kg", "$", "%".
  package var unit: String?
  /// The currency sign beside a unit: "$" of "$5 kg"; nil in most columns.
  package var currency: String?
  /// Factors of letters behind numbers, K, M and B; nil in most columns.
  package var multipliers: [String: Double]?
  /// Of dates that are numbers: what they count. `clock` for times without a date.
  package var dateUnit: DateUnit?

  package init() {}
}
