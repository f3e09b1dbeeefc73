extension Lexer {
  /// `12`, `1_000`, `0x1f`, `0.5`, `.5`, `1.`, `1e-3`, `30s`. `0..3` is `0` and `..`.
  mutating func number() -> Token.Kind {
    let start = position
    if here == "0", let radix = Lexer.radix(peek()) {
      position += 2
      return radixNumber(from: start, radix: radix)
    }
    var isFloat = false
    digits()
    if here == ".", peek() != ".", !(peek()?.startsName ?? false) || isExponent(at: 1) {
      isFloat = true
      position += 1
      digits()
    }
    if isExponent(at: 0) {
      isFloat = true
      position += peek() == "+" || peek() == "-" ? 2 : 1
      digits()
    }
    let text = source.text(Span(start, position))
    return suffix(start: start, text: text, isFloat: isFloat)
  }

  private static func radix(_ marker: Unicode.Scalar?) -> Int? {
    switch marker {
    case "x", "X": 16
    case "o", "O": 8
    case "b", "B": 2
    default: nil
    }
  }

  private mutating func digits() {
    while let scalar = here, scalar.isDigit || (scalar == "_" && peek()?.isDigit == true) { position += 1 }
  }

  /// `e5`, `E-5`; an `e` without digits belongs to a name.
  private func isExponent(at offset: Int) -> Bool {
    guard peek(offset) == "e" || peek(offset) == "E" else { return false }
    if peek(offset + 1)?.isDigit == true { return true }
    return (peek(offset + 1) == "+" || peek(offset + 1) == "-") && peek(offset + 2)?.isDigit == true
  }

  private mutating func suffix(start: Int, text: String, isFloat: Bool) -> Token.Kind {
    let unitStart = position
    while let scalar = here, scalar.continuesName { position += 1 }
    let span = Span(start, position)
    let plain = withoutUnderscores(text)
    if position > unitStart { return duration(plain, source.text(Span(unitStart, position)), span) }
    if isFloat { return float(plain, span) }
    if plain.utf8.first == UInt8(ascii: "0"), plain.utf8.contains(where: { $0 != UInt8(ascii: "0") }) {
      report("a whole number does not start with 0", span, hint: "write \(plain.drop { $0 == "0" })")
      return .invalid
    }
    if let value = Int(plain) { return .int(value) }
    if plain == "9223372036854775808" { return .intBeyondByOne }
    report("integer overflow: \(excerpt(plain)) does not fit 64 bits", span, hint: "write it as a float, 1e20")
    return .invalid
  }

  private mutating func float(_ text: String, _ span: Span) -> Token.Kind {
    guard let value = Double(text), value.isFinite else {
      report("float overflow: \(excerpt(text)) is beyond 1.8e308", span)
      return .invalid
    }
    return .float(value)
  }

  private mutating func duration(_ text: String, _ unit: String, _ span: Span) -> Token.Kind {
    let seconds = ["s": 1.0, "min": 60, "h": 3600]
    if let factor = seconds[unit], let value = Double(text), (value * factor).isFinite {
      return .duration(value * factor)
    }
    if let near = [
      "m": "min", "sec": "s", "secs": "s", "seconds": "s", "mins": "min", "minutes": "min", "hours": "h",
      "hour": "h", "hr": "h", "minute": "min", "second": "s",
    ][unit] {
      report("unknown unit '\(unit)'", span, hint: "did you mean \(excerpt(text))\(near)?")
    } else {
      report(
        "'\(excerpt(source.text(span)))' is neither a number nor a name", span,
        hint: "durations are written 30s, 10min, 2h")
    }
    return .invalid
  }

  private mutating func radixNumber(from start: Int, radix: Int) -> Token.Kind {
    let digitsStart = position
    while let scalar = here, scalar.continuesName { position += 1 }
    let span = Span(start, position)
    let digits = withoutUnderscores(source.text(Span(digitsStart, position)))
    if let value = Int(digits, radix: radix) { return .int(value) }
    let isNumber = !digits.isEmpty && digits.allSatisfy { $0.isHexDigit && $0.hexDigitValue! < radix }
    report(
      isNumber
        ? "integer overflow: \(excerpt(source.text(span))) does not fit 64 bits"
        : "'\(excerpt(source.text(span)))' is not a number of base \(radix)", span)
    return .invalid
  }

  private func withoutUnderscores(_ text: String) -> String {
    text.utf8.contains(UInt8(ascii: "_")) ? text.filter { $0 != "_" } : text
  }

  /// A message does not repeat a thousand digits.
  private func excerpt(_ text: String) -> String { text.count > 40 ? text.prefix(37) + "..." : text }
}
