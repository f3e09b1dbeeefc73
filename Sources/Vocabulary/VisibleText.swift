/// Text of any origin made fit to be shown: nothing in it steers a terminal, turns the direction of writing or hides.
///
///     VisibleText.cleaned("a\u{1B}[31m\u{202E}b")      a\x1b[31m\u202eb
package enum VisibleText {
  /// The text with its control characters, direction marks and invisible characters in the form that a string in a cell
  /// has for them. Line feeds and tabs stay. O(n), and one look at each byte for plain ASCII.
  package static func cleaned(_ text: String) -> String {
    if text.utf8.allSatisfy({ ($0 >= 0x20 && $0 < 0x7F) || $0 == 0x0A || $0 == 0x09 }) { return text }
    var result = String.UnicodeScalarView()
    var before: Unicode.Scalar?
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      if isVisible(scalar, between: before, and: rest.first) {
        result.append(scalar)
      } else {
        result.append(contentsOf: escape(scalar).unicodeScalars)
      }
      before = scalar
    }
    return String(result)
  }

  /// `\x1b`, `\u202e`, `\U000e0001`.
  package static func escape(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16)
    let (letter, count) = scalar.value < 0x100 ? ("x", 2) : scalar.value < 0x10000 ? ("u", 4) : ("U", 8)
    return "\\" + letter + String(repeating: "0", count: count - digits.count) + digits
  }

  /// Returns true for what a reader sees, and for the joiners and selectors within an emoji or a script that needs them.
  package static func isVisible(
    _ scalar: Unicode.Scalar, between before: Unicode.Scalar?, and after: Unicode.Scalar?
  ) -> Bool {
    let code = scalar.value
    if code < 0x7F { return code >= 0x20 || code == 0x0A || code == 0x09 }
    if code < 0x300 { return code >= 0xA0 && code != 0xAD }
    switch code {
    // Joiners stand between two letters or pictures of scripts beyond Latin's.
    case 0x200C, 0x200D: return [before, after].allSatisfy { $0.map(takesJoiner) ?? false }
    // Variation selectors choose the form of the character before them.
    case 0xFE00...0xFE0F, 0xE0100...0xE01EF: return before != nil
    case 0x2028, 0x2029: return false
    default: return !scalar.properties.isDefaultIgnorableCodePoint
    }
  }

  private static func takesJoiner(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x600 && !(scalar.properties.isDefaultIgnorableCodePoint && scalar.value != 0xFE0F)
  }
}
