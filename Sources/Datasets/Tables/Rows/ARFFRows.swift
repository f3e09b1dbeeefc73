/// Rows of an ARFF file (Weka's, and KEEL's `.dat`): attributes that are declared, then comma-separated values.
///
/// https://waikato.github.io/weka-wiki/formats_and_processing/arff_stable
final class ARFFRows: RowWriter {
  let source: any ByteSource
  private(set) var layout = CSVLayout()
  private let lines: LineSource
  private var columns: [ARFFAttribute] = []

  /// Reads the declarations. Throws a `DataError` if they cannot be read or no data follow.
  init(_ source: any ByteSource) throws {
    self.source = source
    lines = LineSource(source)
    try readHeader()
    layout.names = columns.map(\.name)
    layout.kinds = Dictionary(columns.compactMap { column in column.kind.map { (column.name, $0) } }) { first, _ in
      first
    }
    layout.line = lines.line + 1
    layout.fillsRows = false
  }

  private func readHeader() throws {
    try lines.rewind()
    var outputs: [String] = []
    while let line = try lines.next() {
      let text = BytesText.text(line).trimmed
      let keyword = text.prefix { !$0.isWhitespace }.lowercased()
      let rest = text.dropFirst(keyword.count).trimmingPrefix { $0.isWhitespace }
      switch keyword {
      case "@attribute":
        guard let attribute = ARFFAttribute(String(rest)) else {
          throw DataError("\(source.path), line \(lines.line): the attribute cannot be read")
        }
        guard !columns.contains(where: { $0.name == attribute.name }) else {
          throw DataError("\(source.path), line \(lines.line): '\(attribute.name)' is declared a second time")
        }
        columns.append(attribute)
      // KEEL's word for the targets.
      case "@outputs", "@output": outputs = rest.split(separator: ",").map { String($0).trimmed }
      case "@data":
        guard !columns.isEmpty else { throw DataError("\(source.path) declares no attribute") }
        if outputs.count == 1 {
          layout.target = columns.map(\.name).first { $0.lowercased() == outputs[0].lowercased() }
        }
        return
      default: break
      }
    }
    throw DataError("\(source.path) has no line '@data'", hint: "the file may be cut off; copy it again")
  }

  /// Goes to the first row without reading the declarations anew.
  func rewind() throws {
    try lines.rewind()
    while let line = try lines.next() {
      if BytesText.text(line.prefix(64)).trimmed.lowercased().hasPrefix("@data") { return }
    }
  }

  func write(to text: inout RowText) throws -> Bool {
    guard let line = try lines.next() else { return false }
    var scanner = ARFFLine(line)
    scanner.skipBlanks()
    switch scanner.byte {
    case nil, 0x25: text.endLine()
    case 0x7b: try writeSparse(scanner, to: &text)
    default:
      for field in try scanner.fields(place) { text.field(field) }
      text.endRow()
    }
    return true
  }

  private var place: String { "\(source.path), line \(lines.line)" }

  /// `{0 5, 3 yes}`: what is not named is 0, or an attribute's first word.
  private func writeSparse(_ scanner: ARFFLine, to text: inout RowText) throws {
    var values: [ArraySlice<UInt8>] = columns.map { Array(($0.words.first ?? "0").utf8)[...] }
    for (index, value) in try scanner.pairs(place) {
      guard values.indices.contains(index) else {
        throw DataError("\(place): there is no attribute \(index); they are numbered from 0 to \(values.count - 1)")
      }
      values[index] = value
    }
    for value in values { text.field(value) }
    text.endRow()
  }
}

/// A line `@attribute name type`.
struct ARFFAttribute {
  var name: String
  /// What the type says; nil: numbers and texts are looked at.
  var kind: DataColumn.Kind?
  /// The values of a nominal attribute.
  var words: [String] = []

  /// nil if name or type is missing.
  init?(_ declaration: String) {
    var line = ARFFLine(Array(declaration.utf8)[...])
    guard let name = line.word(), !name.isEmpty else { return nil }
    self.name = BytesText.text(name).trimmed
    let type = BytesText.text(line.rest).trimmed
    if type.hasPrefix("{") {
      let list = type.dropFirst().prefix { $0 != "}" }
      guard let words = try? ARFFLine(Array(list.utf8)[...]).fields("") else { return nil }
      self.words = words.map { BytesText.text($0) }
      let isPair = self.words.count == 2 && self.words.allSatisfy { Double($0) == nil }
      // Two words such as yes and no are recognised anyway.
      kind = isPair ? nil : .category
      return
    }
    guard !type.isEmpty else { return nil }
    if type.lowercased().hasPrefix("date") { kind = .date }
  }
}

/// The values of a line of ARFF: separated by commas, quoted by either mark, with backslashes.
struct ARFFLine {
  private(set) var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  var byte: UInt8? { rest.first }

  mutating func skipBlanks() { rest = rest.drop { $0 == 32 || $0 == 9 } }

  /// All values of the line. Throws a `DataError` that begins with `place`.
  func fields(_ place: String) throws -> [ArraySlice<UInt8>] {
    var line = self
    var result: [ArraySlice<UInt8>] = []
    while true {
      line.skipBlanks()
      guard let value = line.value(endsAtBlank: false) else { throw Self.open(place) }
      result.append(value)
      line.skipBlanks()
      guard let next = line.byte else { return result }
      guard next == 0x2c else { throw DataError("\(place): text follows a closing quote") }
      line.rest.removeFirst()
      // A comma at the end of Weka's rows may be followed by the row's weight.
      line.skipBlanks()
      if line.byte == 0x7b { return result }
    }
  }

  /// The pairs of a sparse row.
  func pairs(_ place: String) throws -> [(Int, ArraySlice<UInt8>)] {
    var line = ARFFLine(rest.dropFirst().prefix { $0 != 0x7d })
    var result: [(Int, ArraySlice<UInt8>)] = []
    while true {
      line.skipBlanks()
      if line.byte == 0x2c {
        line.rest.removeFirst()
        continue
      }
      guard line.byte != nil else { return result }
      guard let number = line.word(), let index = Int(BytesText.text(number)) else {
        throw DataError("\(place): a sparse row has pairs of a number and a value")
      }
      line.skipBlanks()
      guard let value = line.value(endsAtBlank: false) else { throw Self.open(place) }
      result.append((index, value))
    }
  }

  /// A word up to a blank, or a quoted one; nil if its quote is never closed.
  mutating func word() -> ArraySlice<UInt8>? {
    skipBlanks()
    return value(endsAtBlank: true)
  }

  private mutating func value(endsAtBlank: Bool) -> ArraySlice<UInt8>? {
    guard let mark = rest.first, mark == 0x27 || mark == 0x22 else {
      let value = rest.prefix { $0 != 0x2c && !(endsAtBlank && ($0 == 32 || $0 == 9 || $0 == 0x7b)) }
      rest = rest[value.endIndex...]
      return value.trimmingBlanks
    }
    var content: [UInt8] = []
    var place = rest.startIndex + 1
    while place < rest.endIndex, rest[place] != mark {
      if rest[place] == 0x5c, place + 1 < rest.endIndex {
        place += 1
        content.append(Self.escaped(rest[place]))
      } else {
        content.append(rest[place])
      }
      place += 1
    }
    guard place < rest.endIndex else { return nil }
    rest = rest[(place + 1)...]
    return content[...]
  }

  private static func escaped(_ byte: UInt8) -> UInt8 {
    switch byte {
    case 0x6e: 10
    case 0x72: 13
    case 0x74: 9
    default: byte
    }
  }

  private static func open(_ place: String) -> DataError {
    DataError("\(place): the quote that opens here is never closed")
  }
}

extension ArraySlice<UInt8> {
  fileprivate var trimmingBlanks: ArraySlice<UInt8> {
    var slice = drop { $0 == 32 || $0 == 9 }
    while let last = slice.last, last == 32 || last == 9 { slice.removeLast() }
    return slice
  }
}
