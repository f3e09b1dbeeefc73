extension Lexer {
  /// `12`, `1_000`, `0x1f`, `0.5`, `.5`, `1.`, `1e-3`, `30s`. `0..3` is `0` and `..`.
  mutating func number() -> Token.Kind {
    let start = position
    if here == "0", let marker = peek(), let radix = ["x": 16, "X": 16, "o": 8, "O": 8, "b": 2, "B": 2][marker] {
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
    let plain = text.filter { $0 != "_" }
    let unit = source.text(Span(unitStart, position))
    guard unit.isEmpty else { return duration(plain, unit, span) }
    if isFloat { return float(plain, span) }
    if plain.count > 1, plain.first == "0", plain.contains(where: { $0 != "0" }) {
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
    if let factor = seconds[unit], let value = Double(text), (value * factor).isFinite { return .duration(value * factor) }
    if let near = ["m": "min", "sec": "s", "secs": "s", "seconds": "s", "mins": "min", "minutes": "min", "hours": "h",
      "hour": "h", "hr": "h", "minute": "min", "second": "s"][unit]
    {
      report("unknown unit '\(unit)'", span, hint: "did you mean \(excerpt(text))\(near)?")
    } else {
      report("'\(excerpt(source.text(span)))' is neither a number nor a name", span,
        hint: "durations are written 30s, 10min, 2h")
    }
    return .invalid
  }

  private mutating func radixNumber(from start: Int, radix: Int) -> Token.Kind {
    let digitsStart = position
    while let scalar = here, scalar.continuesName { position += 1 }
    let span = Span(start, position)
    let digits = source.text(Span(digitsStart, position)).filter { $0 != "_" }
    if let value = Int(digits, radix: radix) { return .int(value) }
    let isNumber = !digits.isEmpty && digits.allSatisfy { $0.isHexDigit && $0.hexDigitValue! < radix }
    report(
      isNumber
        ? "integer overflow: \(excerpt(source.text(span))) does not fit 64 bits"
        : "'\(excerpt(source.text(span)))' is not a number of base \(radix)", span)
    return .invalid
  }

  /// A message does not repeat a thousand digits.
  private func excerpt(_ text: String) -> String { text.count > 40 ? text.prefix(37) + "..." : text }
}
