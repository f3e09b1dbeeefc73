extension Lexer {
  private static let simpleEscapes: [Unicode.Scalar: Unicode.Scalar] = [
    "\\": "\\", "'": "'", "\"": "\"", "a": "\u{07}", "b": "\u{08}", "f": "\u{0C}", "n": "\n", "r": "\r", "t": "\t",
    "v": "\u{0B}",
  ]

  /// A string in one or three quotes of either kind, with Python's escapes; `r"..."` has none.
  mutating func string(isRaw: Bool) -> Token.Kind {
    let start = position
    let quote = source.scalars[position]
    let isTriple = peek() == quote && peek(2) == quote
    position += isTriple ? 3 : 1
    var text = String.UnicodeScalarView()
    var isSound = true
    while let scalar = here {
      if scalar == quote {
        if !isTriple || (peek() == quote && peek(2) == quote) {
          position += isTriple ? 3 : 1
          return isSound ? .string(String(text)) : .invalid
        }
      } else if scalar == "\n" || scalar == "\r" {
        if !isTriple { break }
        stepOverLineEnd()
        text.append("\n")
        continue
      } else if scalar == "\\" {
        if isRaw {
          text.append(scalar)
          position += 1
          if let next = here, next == quote || next == "\\" {
            text.append(next)
            position += 1
          }
        } else if !escape(into: &text) {
          isSound = false
        }
        continue
      }
      text.append(scalar)
      position += 1
    }
    if isTriple { endsInsideString = true }
    if here == nil { cutString = start + (isTriple ? 3 : 1) }
    report(
      isTriple ? "the text that starts here is not closed" : "the text is not closed on its line",
      isTriple ? Span(start, start + 3) : Span(start, position), hint: "expected \(isTriple ? "three " : "")\(quote)")
    return .invalid
  }

  /// Reads one escape from its backslash on. An unknown one stands for itself, as in Python.
  private mutating func escape(into text: inout String.UnicodeScalarView) -> Bool {
    let start = position
    position += 1
    guard let letter = here else { return true }
    switch letter {
    case "\n", "\r": stepOverLineEnd()
    case "0"..."7": text.append(octal())
    case "x": return hex(2, from: start, into: &text)
    case "u": return hex(4, from: start, into: &text)
    case "U": return hex(8, from: start, into: &text)
    case "N": return named(from: start, into: &text)
    default:
      let meaning = Lexer.simpleEscapes[letter]
      if meaning == nil { text.append("\\") }
      text.append(meaning ?? letter)
      position += 1
    }
    return true
  }

  private mutating func octal() -> Unicode.Scalar {
    var value: UInt32 = 0
    for _ in 0..<3 {
      guard let scalar = here, ("0"..."7").contains(scalar) else { break }
      value = value * 8 + scalar.value - 48
      position += 1
    }
    return Unicode.Scalar(value) ?? "?"
  }

  private mutating func hex(_ count: Int, from start: Int, into text: inout String.UnicodeScalarView) -> Bool {
    position += 1
    guard let value = hexDigits(count) else {
      report("expected \(count) hexadecimal digits in the escape", Span(start, position))
      return false
    }
    if let scalar = Unicode.Scalar(value) {
      text.append(scalar)
      return true
    }
    // Two halves of a pair, as JSON writes what lies beyond U+FFFF.
    if (0xD800..<0xDC00).contains(value), here == "\\", peek() == "u" {
      position += 2
      if let low = hexDigits(4), (0xDC00..<0xE000).contains(low),
        let scalar = Unicode.Scalar(0x10000 + (value - 0xD800) << 10 + (low - 0xDC00))
      {
        text.append(scalar)
        return true
      }
    }
    report("the escape names no character", Span(start, position))
    return false
  }

  private mutating func hexDigits(_ count: Int) -> UInt32? {
    var value: UInt32 = 0
    for _ in 0..<count {
      guard let scalar = here, let digit = Character(scalar).hexDigitValue, scalar.isASCII else { return nil }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }

  private mutating func named(from start: Int, into text: inout String.UnicodeScalarView) -> Bool {
    position += 1
    var name = ""
    if here == "{" {
      position += 1
      while let scalar = here, scalar != "}", scalar != "\"", scalar != "'", scalar != "\n" {
        name.unicodeScalars.append(scalar)
        position += 1
      }
    }
    if here == "}" {
      position += 1
      if let scalar = ScalarNames.scalar(named: name) {
        text.append(scalar)
        return true
      }
    }
    report("the escape names no character", Span(start, position), hint: "write \\N{BULLET} or \\u2022")
    return false
  }
}

/// Characters by their Unicode names: walked once a process, if a cell uses such an escape.
enum ScalarNames {
  static func scalar(named name: String) -> Unicode.Scalar? { byName[name.uppercased()] }

  private static let byName: [String: Unicode.Scalar] = {
    var names: [String: Unicode.Scalar] = [:]
    // The planes that hold assigned, named characters.
    for value in Array<UInt32>(0..<0x20000) + Array(0xE0000..<0xE0200) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      if let name = scalar.properties.nameAlias { names[name] = scalar }
      if let name = scalar.properties.name { names[name] = scalar }
    }
    return names
  }()
}
