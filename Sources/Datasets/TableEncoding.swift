/// What turns the columns of a table into a network's inputs: fitted on training rows, kept with the model.
///
/// A number becomes one input, a category one for each text that training rows have often enough, a boolean one, a date its
/// year, month, weekday, hour and day. Columns that tell nothing in the training rows have no input.
package struct TableEncoding: Sendable, Equatable, Codable {
  package enum Column: Sendable, Equatable {
    case number(NumberInput)
    case category(CategoryInput)
    case boolean(BooleanInput)
    case date(DateInput)
  }

  package var columns: [Column]
  package var target: String
  /// Empty for regression.
  package var classNames: [String]
  /// How the table was read, for new files; nil in files of older versions.
  package var schema: TableSchema?

  package init(columns: [Column], target: String, classNames: [String], schema: TableSchema? = nil) {
    (self.columns, self.target, self.classNames, self.schema) = (columns, target, classNames, schema)
  }

  /// `age`, `town=Kiel`, `town=Bonn`, `sold: month (sin)`: a name for every input.
  package var featureNames: [String] { columns.flatMap(\.inputNames) }
  package var width: Int { columns.reduce(0) { $0 + $1.inputNames.count } }
}

/// A number: scaled, and where training had gaps a second input that is 1 for a missing one.
package struct NumberInput: Sendable, Equatable, Codable {
  package var name: String
  /// In the place of a missing number: the training rows' mean.
  package var mean: Double
  package var scale: NumberScale
  package var hasGaps: Bool

  package init(name: String, mean: Double, scale: NumberScale = .none, hasGaps: Bool = false) {
    (self.name, self.mean, self.scale, self.hasGaps) = (name, mean, scale, hasGaps)
  }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    name = try values.decode(String.self, forKey: .name)
    mean = try values.decode(Double.self, forKey: .mean)
    scale = try values.decodeIfPresent(NumberScale.self, forKey: .scale) ?? .none
    hasGaps = try values.decodeIfPresent(Bool.self, forKey: .hasGaps) ?? false
  }
}

/// A text: an input for each category, 0 or 1; one for rare and unknown texts together and one for a missing text, if
/// training rows had them often enough. Without an input of its own, such a text stands for the average of the training
/// rows, so that it moves a prediction little.
package struct CategoryInput: Sendable, Equatable, Codable {
  package var name: String
  package var categories: [String]
  /// Texts of training rows that are too rare for an input; at most 1,000 are kept.
  package var rare: [String]
  package var hasOther: Bool
  package var hasMissing: Bool
  /// Each input's mean over the training rows; zeros in files of older versions.
  package var shares: [Float]

  package init(
    name: String, categories: [String], rare: [String] = [], hasOther: Bool, hasMissing: Bool, shares: [Float]
  ) {
    (self.name, self.categories, self.rare, self.shares) = (name, categories, rare, shares)
    (self.hasOther, self.hasMissing) = (hasOther, hasMissing)
  }

  package var width: Int { categories.count + (hasOther ? 1 : 0) + (hasMissing ? 1 : 0) }

  /// The input that is 1 for a rare or an unknown text; nil: the average stands for it.
  package var other: Int? { hasOther ? categories.count : nil }
  /// The input that is 1 for a missing text: its own, else that of rare ones.
  package var missing: Int? { hasMissing ? width - 1 : other }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    name = try values.decode(String.self, forKey: .name)
    categories = try values.decode([String].self, forKey: .categories)
    rare = try values.decodeIfPresent([String].self, forKey: .rare) ?? []
    hasOther = try values.decodeIfPresent(Bool.self, forKey: .hasOther) ?? false
    hasMissing = try values.decodeIfPresent(Bool.self, forKey: .hasMissing) ?? false
    let count = categories.count + (hasOther ? 1 : 0) + (hasMissing ? 1 : 0)
    shares = try values.decodeIfPresent([Float].self, forKey: .shares) ?? .init(repeating: 0, count: count)
  }
}

/// Two words: 0 for the first, 1 for the second, the training rows' share for a missing one.
package struct BooleanInput: Sendable, Equatable, Codable {
  package var name: String
  package var words: [String]
  package var share: Double
  package var hasGaps: Bool

  /// Which word a text is, in any case.
  func place(of text: String) -> Int? {
    words.firstIndex(of: text) ?? words.firstIndex { $0.lowercased() == text.lowercased() }
  }
}

/// A date, in seconds since 1970: parts of it that differ between training rows.
package struct DateInput: Sendable, Equatable, Codable {
  package var name: String
  package var parts: [Part]
  package var hasGaps: Bool

  package struct Part: Sendable, Equatable, Codable {
    package var kind: Kind
    /// For year and day; 0 and 1 for what goes round.
    package var mean: Double
    package var deviation: Double
    /// Of a missing date: the training rows' means of the inputs.
    package var fill: [Float]
  }

  package enum Kind: String, Sendable, Codable, CaseIterable {
    case year, month, weekday, hour, day

    /// What goes round has two inputs, its sine and cosine.
    package var period: Double? {
      switch self {
      case .month: 12
      case .weekday: 7
      case .hour: 24
      case .year, .day: nil
      }
    }
  }
}

extension TableEncoding.Column {
  package var name: String {
    switch self {
    case .number(let input): input.name
    case .category(let input): input.name
    case .boolean(let input): input.name
    case .date(let input): input.name
    }
  }

  package var inputNames: [String] {
    switch self {
    case .number(let input): [input.name] + (input.hasGaps ? ["\(input.name) missing"] : [])
    case .category(let input):
      input.categories.map { "\(input.name)=\($0)" } + (input.hasOther ? ["\(input.name) other"] : [])
        + (input.hasMissing ? ["\(input.name) missing"] : [])
    case .boolean(let input): [input.name] + (input.hasGaps ? ["\(input.name) missing"] : [])
    case .date(let input):
      input.parts.flatMap { part in
        part.kind.period == nil
          ? ["\(input.name) \(part.kind.rawValue)"]
          : ["\(input.name) \(part.kind.rawValue) sine", "\(input.name) \(part.kind.rawValue) cosine"]
      } + (input.hasGaps ? ["\(input.name) missing"] : [])
    }
  }
}

/// As JSON `{"number": {...}}`; `text`, of older versions, is a category without inputs for what is rare or missing.
extension TableEncoding.Column: Codable {
  private enum Key: String, CodingKey { case number, category, boolean, date, text }

  package init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    guard let key = values.allKeys.first else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "a column without a kind"))
    }
    switch key {
    case .number: self = .number(try values.decode(NumberInput.self, forKey: key))
    case .category, .text: self = .category(try values.decode(CategoryInput.self, forKey: key))
    case .boolean: self = .boolean(try values.decode(BooleanInput.self, forKey: key))
    case .date: self = .date(try values.decode(DateInput.self, forKey: key))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    switch self {
    case .number(let input): try values.encode(input, forKey: .number)
    case .category(let input): try values.encode(input, forKey: .category)
    case .boolean(let input): try values.encode(input, forKey: .boolean)
    case .date(let input): try values.encode(input, forKey: .date)
    }
  }
}
