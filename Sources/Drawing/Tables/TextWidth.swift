import Vocabulary

/// How many terminal columns text takes: 2 for East Asian wide characters and emoji, 0 for combining marks, else 1.
///
/// Widths follow the Wide and Fullwidth classes of Unicode's EastAsianWidth.txt (UAX #11).
package enum TextWidth {
  package static func of(_ text: some StringProtocol) -> Int {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text.utf8.count }
    return text.reduce(0) { $0 + of($1) }
  }

  /// The width of one user-perceived character: a family emoji of seven scalars is as wide as one emoji.
  package static func of(_ character: Character) -> Int {
    var width = 0
    for scalar in character.unicodeScalars {
      // The selector that asks for an emoji in colour.
      if scalar.value == 0xFE0F, width > 0 { return 2 }
      let next = of(scalar)
      if next == 2 { return 2 }
      width += next
    }
    return width
  }

  private static func of(_ scalar: Unicode.Scalar) -> Int {
    let code = scalar.value
    if code < 0x20 || (0x7F..<0xA0).contains(code) { return 0 }
    if code < 0x300 { return code == 0xAD ? 0 : 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark, .format: return 0
    default: break
    }
    if (0x1160...0x11FF).contains(code) { return 0 }
    return scalar.properties.isEmojiPresentation || isWide(code) ? 2 : 1
  }

  private static func isWide(_ code: UInt32) -> Bool {
    guard code >= 0x1100 else { return false }
    return wide.contains { $0.contains(code) }
  }

  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
    0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F,
    0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18AFF, 0x1AFF0...0x1B2FF, 0x1D300...0x1D37F, 0x1F200...0x1F265,
    0x20000...0x3FFFD,
  ]

  /// The lines of `text`, each as `singleLine` has it; of very many the first ones, and how many more there are.
  package static func lines(_ text: String) -> [String] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let shown = lines.prefix(lines.count > 40 ? 30 : 40).map { singleLine(String($0)) }
    return lines.count == shown.count ? shown : shown + ["... \(Number.count(lines.count - shown.count)) more lines ..."]
  }

  /// `text` on one line, with nothing in it that steers or hides: tabs and line breaks become spaces, other control
  /// characters and invisible ones are written as in a string. Longer than `longest`, it is cut.
  package static func singleLine(_ text: String) -> String {
    if text.utf8.count <= longest, text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
    var line = String.UnicodeScalarView()
    for scalar in text.unicodeScalars.prefix(longest) {
      switch scalar {
      case "\r": continue
      case "\n", "\t": line.append(" ")
      default: line.append(scalar)
      }
    }
    let isCut = text.utf8.count > longest && text.unicodeScalars.dropFirst(longest).first != nil
    return VisibleText.cleaned(String(line)) + (isCut ? "..." : "")
  }

  /// Scalars of a name, cell or line that are looked at: far more than anyone reads.
  package static let longest = 2_000

  /// The text itself if it fits in `limit` columns, else its start and `...`.
  package static func cut(_ text: String, to limit: Int) -> String {
    guard of(text) > limit else { return text }
    let dots = limit >= 4 ? "..." : ""
    var kept = ""
    var width = 0
    for character in text {
      let next = of(character)
      if width + next > limit - dots.count { break }
      kept.append(character)
      width += next
    }
    return kept + dots
  }

  /// `text` with spaces up to `width` columns.
  package static func pad(_ text: String, to width: Int, right: Bool = false) -> String {
    let fill = String(repeating: " ", count: max(0, width - of(text)))
    return right ? fill + text : text + fill
  }
}
