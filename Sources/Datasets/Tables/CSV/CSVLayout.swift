/// How a delimited text is laid out: what is given and, for the rest, what its first lines look like.
struct CSVLayout {
  /// nil: runs of blanks and tabs.
  var separator: UInt8? = 0x2c
  var decimal: UInt8 = 0x2e
  /// What lines that are left out begin with.
  var comment: [UInt8] = []
  var names: [String] = []
  /// The place of the first row of data, and its line from 1.
  var start = 0
  var line = 1
  /// Rows begin with a field that the header has no name for.
  var hasRowNames = false
  /// Rows end in a separator that the header has not.
  var hasTail = false
  var notices: [String] = []
  /// Kinds that the file declares.
  var kinds: [String: DataColumn.Kind] = [:]
  /// The columns that the file declares as its target and as its groups.
  var target: String?
  var group: String?
  /// Whether the lines of the text are those of the file.
  var hasLines = true

  /// Whether rows that end early are filled up.
  var fillsRows = true

  /// Fields of a row.
  var width: Int { names.count + (hasRowNames ? 1 : 0) + (hasTail ? 1 : 0) }

  static func name(of separator: UInt8?) -> String {
    switch separator {
    case nil: "blanks"
    case 9?: "tabs"
    case 0x3b?: "semicolons"
    case 0x7c?: "'|'"
    case 0x2c?: "commas"
    case let byte?: "'\(String(decoding: [byte], as: UTF8.self))'"
    }
  }
}
