import Vocabulary

/// Text measured, cut and padded by the columns of a terminal that it takes.
package enum TextWidth {
  package static func of(_ text: some StringProtocol) -> Int { CharacterWidth.of(text) }

  package static func of(_ character: Character) -> Int { CharacterWidth.of(character) }

  /// The lines of `text`, each as `singleLine` has it; of very many the first ones, and how many more there are.
  package static func lines(_ text: String) -> [String] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let shown = lines.prefix(lines.count > 40 ? 30 : 40).map { singleLine(String($0)) }
    return lines.count == shown.count
      ? shown : shown + ["... \(Number.count(lines.count - shown.count)) more lines ..."]
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
