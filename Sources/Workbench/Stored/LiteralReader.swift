import Vocabulary

/// Reads texts that older versions kept with a study: words, numbers, quoted texts, lists, and calls of such values.
///
/// `csv(path="houses.csv", drop=[id]) test=0.1` is a call and a pair. Nothing else is read: no names of variables, no
/// operators, no second line. So a text from a storage can be a value and never a command.
struct LiteralReader {
  private let scalars: [Unicode.Scalar]
  private var index = 0

  private static let longest = 100_000
  private static let deepest = 16

  private init?(_ text: String) {
    guard text.utf8.count <= Self.longest else { return nil }
    scalars = Array(text.unicodeScalars)
  }

  /// The value that a text is; nil if it is more, or something else.
  static func value(_ text: String) -> Argument? {
    guard var reader = LiteralReader(text), let value = reader.value(depth: 0), reader.isAtEnd else { return nil }
    return value
  }

  /// `source(...) key=value key=value`.
  static func words(_ text: String) -> (head: Call, pairs: [Call.Named])? {
    guard var reader = LiteralReader(text), let head = reader.value(depth: 0)?.call, let pairs = reader.pairs() else {
      return nil
    }
    return (head, pairs)
  }

  /// `key=value key=value`.
  static func pairs(_ text: String) -> [Call.Named]? {
    var reader = LiteralReader(text)
    return reader?.pairs()
  }

  private var isAtEnd: Bool { index == scalars.count }
  private var next: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  private mutating func skipSpace() { while next == " " { index += 1 } }

  private mutating func takes(_ scalar: Unicode.Scalar) -> Bool {
    guard next == scalar else { return false }
    index += 1
    return true
  }

  /// Up to the end of the text.
  private mutating func pairs() -> [Call.Named]? {
    var result: [Call.Named] = []
    while true {
      skipSpace()
      if isAtEnd { return result }
      guard let key = key(), takes("="), let value = value(depth: 0), isAtEnd || next == " " else { return nil }
      result.append(.init(key, value))
    }
  }

  /// A word, perhaps with the index of a layer: `hidden[2]`.
  private mutating func key() -> String? {
    guard var key = word() else { return nil }
    guard takes("[") else { return key }
    let start = index
    while let scalar = next, ("0"..."9").contains(scalar) { index += 1 }
    guard index > start, index - start <= 6 else { return nil }
    key += "[" + text(from: start) + "]"
    return takes("]") ? key : nil
  }

  private mutating func word() -> String? {
    let start = index
    while let scalar = next, scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
      index += 1
    }
    return index > start ? text(from: start) : nil
  }

  private func text(from start: Int) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[start..<index])
    return String(view)
  }

  private mutating func value(depth: Int) -> Argument? {
    if depth > Self.deepest { return nil }
    if next == "\"" { return quoted().map(Argument.text) }
    if takes("[") { return list(depth) }
    if let number = number() { return number }
    guard let word = word() else { return nil }
    if takes("(") { return call(word, depth) }
    switch word {
    case "none": return Argument.none
    case "true": return .bool(true)
    case "false": return .bool(false)
    default: return .text(word)
    }
  }

  /// The older versions wrote a text between quotes as it is: one that holds a quote or a backslash is not to be told apart.
  private mutating func quoted() -> String? {
    index += 1
    let start = index
    while let scalar = next, scalar != "\"", scalar != "\\", scalar != "\n" { index += 1 }
    let text = text(from: start)
    return takes("\"") ? text : nil
  }

  private mutating func list(_ depth: Int) -> Argument? {
    var values: [Argument] = []
    skipSpace()
    if takes("]") { return .list([]) }
    while true {
      skipSpace()
      guard let value = value(depth: depth + 1) else { return nil }
      values.append(value)
      skipSpace()
      if takes("]") { return .list(values) }
      guard takes(",") else { return nil }
    }
  }

  /// After its bracket; every argument has its name.
  private mutating func call(_ name: String, _ depth: Int) -> Argument? {
    var call = Call(name)
    skipSpace()
    if takes(")") { return .call(call) }
    while true {
      skipSpace()
      guard let key = word(), takes("="), let value = value(depth: depth + 1) else { return nil }
      call.arguments.append(.init(key, value))
      skipSpace()
      if takes(")") { return .call(call) }
      guard takes(",") else { return nil }
    }
  }

  /// Leaves what begins like a number and is a word, `1st`, to be read as that.
  private mutating func number() -> Argument? {
    let start = index
    _ = takes("-")
    while let scalar = next, scalar.isASCII,
      scalar.properties.numericType != nil || "+-.e".unicodeScalars.contains(scalar)
    {
      index += 1
    }
    let isWhole = next.map { $0 != "_" && !$0.properties.isAlphabetic } ?? true
    let text = text(from: start)
    if isWhole, text.utf8.contains(where: { (0x30...0x39).contains($0) }) {
      if let int = Int(text) { return .int(int) }
      if let float = Double(text) { return .float(float) }
    }
    index = start
    return nil
  }
}
