/// How many columns of a terminal text takes: 2 for East Asian wide characters and emoji, 0 for combining marks, else 1.
///
/// Widths follow the Wide and Fullwidth classes of Unicode's EastAsianWidth.txt (UAX #11). Tables and the carets under a
/// cell's mistakes both measure with it.
package enum CharacterWidth {
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
}
