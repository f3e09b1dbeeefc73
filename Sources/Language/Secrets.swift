/// Passwords that someone has typed where they do not belong: hidden wherever a cell's text is shown or kept.
///
/// What might be a password is hidden: rather a sign too many than one too few.
package enum Secrets {
  /// The same text, as long, with stars for the password in `scheme://user:password@host` and `password=...`.
  package static func hidden(_ text: String) -> String {
    guard mayHoldOne(text) else { return text }
    var scalars = Array(text.unicodeScalars)
    hide(&scalars)
    var result = String.UnicodeScalarView()
    result.append(contentsOf: scalars)
    return String(result)
  }

  /// O(length).
  static func hide(_ scalars: inout [Unicode.Scalar]) {
    for (begins, find) in [(isMark, address), (isFirstLetter, assignment)] {
      var index = 0
      while index < scalars.count {
        guard begins(scalars[index]), let found = find(scalars, index) else {
          index += 1
          continue
        }
        for place in found { scalars[place] = "*" }
        index = max(index + 1, found.upperBound)
      }
    }
  }

  /// Whether a text has what every password that is hidden has: a quick look, because cells may be megabytes of numbers.
  private static func mayHoldOne(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var (before, hasSign, hasLetter) = (UInt8(0), false, false)
      for byte in bytes {
        switch byte {
        case UInt8(ascii: "/"): if before == byte || before == UInt8(ascii: ":") { return true }
        case UInt8(ascii: "="): hasSign = true
        case UInt8(ascii: "w"), UInt8(ascii: "W"), UInt8(ascii: "%"): hasLetter = true
        default: break
        }
        before = byte
      }
      return hasSign && hasLetter
    }
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool { scalar == ":" || scalar == "/" }
  private static func isFirstLetter(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "p" || scalar == "P" || scalar == "%"
  }

  private static func stands(_ word: StaticString, at index: Int, in text: [Unicode.Scalar], anyCase: Bool = false)
    -> Bool
  {
    guard index + word.utf8CodeUnitCount <= text.count else { return false }
    return (0..<word.utf8CodeUnitCount).allSatisfy { place in
      let (wanted, found) = (UInt32(word.utf8Start[place]), text[index + place].value)
      return found == wanted || anyCase && found == wanted - 32
    }
  }

  /// The password of the address whose `://` stands there, or `:/` or `//` where a sign was forgotten; an empty range where
  /// it has none.
  private static func address(_ text: [Unicode.Scalar], _ mark: Int) -> Range<Int>? {
    guard let length = markLength(text, mark) else { return nil }
    let start = mark + length
    let begin =
      text[..<mark].lastIndex {
        !($0.properties.isAlphabetic || $0.properties.numericType != nil || "+-.".unicodeScalars.contains($0))
      } ?? -1
    let quote = begin >= 0 && isQuote(text[begin]) ? text[begin] : nil
    // A database's password may hold any sign, a slash and a space too; elsewhere the address ends where it does for a browser.
    let isDatabase = stands("postgres", at: begin + 1, in: text, anyCase: true)
    let end = end(of: text, from: start, quote: quote) {
      !isDatabase && ($0 == "/" || $0 == "?" || $0 == "#" || isSpace($0))
    }
    // The last @ ends it, the first colon begins it.
    guard let at = text[start..<end].lastIndex(of: "@"), let colon = text[start..<at].firstIndex(of: ":")
    else {
      // Another address may begin where one that is not a database's ends.
      return isDatabase ? end..<end : start..<start
    }
    return (colon + 1)..<at
  }

  private static func markLength(_ text: [Unicode.Scalar], _ mark: Int) -> Int? {
    if stands("://", at: mark, in: text) { return 3 }
    guard stands(":/", at: mark, in: text) || stands("//", at: mark, in: text) else { return nil }
    // Within `://` and `///` it is no mark of its own.
    return mark > 0 && (text[mark - 1] == ":" || text[mark - 1] == "/") ? nil : 2
  }

  /// What is assigned to the password that stands there.
  private static func assignment(_ text: [Unicode.Scalar], _ start: Int) -> Range<Int>? {
    guard var index = end(ofKeyword: "password", at: start, in: text) else { return nil }
    func skip(_ signs: [Unicode.Scalar]) { while index < text.count, signs.contains(text[index]) { index += 1 } }
    // Of environ["PGPASSWORD"] = too.
    skip(["\"", "'", "]", ")", " "])
    guard index < text.count, text[index] == "=" else { return nil }
    index += 1
    if index < text.count, text[index] == "=" { return nil }
    skip([" "])
    guard index < text.count else { return nil }
    let quote = isQuote(text[index]) ? text[index] : nil
    let begin = quote == nil ? index : index + 1
    return begin..<max(begin, end(of: text, from: begin, quote: quote) { quote == nil && (isQuote($0) || $0 == "&") })
  }

  /// The index after the word, in any case and with any of its letters percent-encoded, as libpq reads it.
  private static func end(ofKeyword word: StaticString, at start: Int, in text: [Unicode.Scalar]) -> Int? {
    var index = start
    for place in 0..<word.utf8CodeUnitCount {
      guard index < text.count else { return nil }
      var letter = text[index].value
      index += 1
      if letter == 0x25 {
        guard index + 1 < text.count, let code = UInt32("\(text[index])\(text[index + 1])", radix: 16) else {
          return nil
        }
        letter = code
        index += 2
      }
      let wanted = UInt32(word.utf8Start[place])
      guard letter == wanted || letter == wanted - 32 else { return nil }
    }
    return index
  }

  /// Where what begins at `start` ends: at the quote that it stands in, outside of quotes at a space, at the latest with the line.
  private static func end(
    of text: [Unicode.Scalar], from start: Int, quote: Unicode.Scalar?, or isEnd: (Unicode.Scalar) -> Bool
  ) -> Int {
    var index = start
    while index < text.count, text[index] != "\n", text[index] != "\r" {
      if let quote {
        if text[index] == quote { break }
        // The language's escape of libpq's escape of a quote: none of the signs ends it.
        while index < text.count, text[index] == "\\" { index += 1 }
      } else if isSpace(text[index]) {
        break
      }
      if index < text.count, isEnd(text[index]) { break }
      index += 1
    }
    return min(index, text.count)
  }

  private static func isQuote(_ scalar: Unicode.Scalar) -> Bool { scalar == "\"" || scalar == "'" }
  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" }
}
