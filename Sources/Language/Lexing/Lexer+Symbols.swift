extension Lexer {
  mutating func symbol(from scalar: Unicode.Scalar) -> Token.Kind {
    let start = position
    guard let text = Lexer.pair(scalar, peek()) ?? Lexer.single(scalar) else { return unexpected(scalar) }
    position += text.utf8.count
    let span = Span(start, position)
    switch text {
    case "(", "[", "{": open.append(start)
    case ")", "]", "}": return close(text, at: span)
    case "..":
      if here == "." || here == "<" || here == "=" {
        position += 1
        report(
          "unknown operator '\(source.text(Span(start, position)))'", Span(start, position),
          hint: "a range is written 1..4, both ends included")
        return .invalid
      }
    case "&&", "||", "<>", "!", "&", "|", "@":
      return foreign(text, at: span)
    default: break
    }
    return .symbol(text)
  }

  private mutating func close(_ text: String, at span: Span) -> Token.Kind {
    guard let opener = open.last else {
      report("'\(text)' closes nothing", span)
      return .invalid
    }
    let bracket = source.scalars[opener]
    let expected = bracket == "(" ? ")" : bracket == "[" ? "]" : "}"
    open.removeLast()
    if expected != text {
      report(
        "'\(text)' does not close the '\(bracket)' of line \(source.line(of: opener))", span,
        hint: "expected '\(expected)'")
      return .invalid
    }
    return .symbol(text)
  }

  private mutating func foreign(_ text: String, at span: Span) -> Token.Kind {
    let word: String? =
      switch text {
      case "&&", "&": "and"
      case "||", "|": "or"
      case "<>": "!="
      case "!": "not"
      default: nil
      }
    report("unknown operator '\(text)'", span, hint: word.map { "write '\($0)'" })
    return .invalid
  }

  private mutating func unexpected(_ scalar: Unicode.Scalar) -> Token.Kind {
    position += 1
    let span = Span(position - 1, position)
    // A text of a million such signs has few of them told.
    if hasEnoughMistakes { return .invalid }
    switch scalar {
    case "\u{201C}", "\u{201D}", "\u{2018}", "\u{2019}":
      report("a typographic quotation mark", span, hint: "write \" or '")
    case "\u{2212}", "\u{2013}", "\u{2014}": report("a typographic minus or dash", span, hint: "write -")
    case "\u{00D7}": report("unexpected '\u{00D7}'", span, hint: "write *")
    case "\u{2026}": report("unexpected '\u{2026}'", span, hint: "a range is written 1..4")
    default:
      let code = String(scalar.value, radix: 16, uppercase: true)
      let padded = "U+" + String(repeating: "0", count: max(0, 4 - code.count)) + code
      let isShown =
        scalar.value > 0x20 && scalar.value != 0x7F && scalar.properties.generalCategory != .format
        && scalar.properties.generalCategory != .control
      report(isShown ? "unexpected character '\(scalar)'" : "unexpected character \(padded)", span)
    }
    return .invalid
  }

  private static func pair(_ first: Unicode.Scalar, _ second: Unicode.Scalar?) -> String? {
    switch (first, second) {
    case ("*", "*"): "**"
    case ("/", "/"): "//"
    case ("=", "="): "=="
    case ("!", "="): "!="
    case ("<", "="): "<="
    case (">", "="): ">="
    case (".", "."): ".."
    case ("&", "&"): "&&"
    case ("|", "|"): "||"
    case ("<", ">"): "<>"
    default: nil
    }
  }

  private static func single(_ scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "+", "-", "*", "/", "%", "<", ">", "=", "(", ")", "[", "]", "{", "}", ",", ":", ".", ";", "?", "!", "&", "|",
      "@":
      String(scalar)
    default: nil
    }
  }
}
