import Vocabulary

/// The line of a mistake as it is shown, and the marks under it.
struct Excerpt {
  private(set) var line = ""
  private(set) var marks = ""

  /// A line longer than this is shown in part.
  private static let width = 160

  init(of said: Span, in source: Source) {
    // An empty stretch still has its caret.
    let span = Span(said.start, max(said.end, said.start + 1))
    let whole = source.span(ofLine: source.line(of: span.start))
    var shown = whole
    if shown.end - shown.start > Excerpt.width {
      shown.start = max(whole.start, min(span.start - Excerpt.width / 2, whole.end - Excerpt.width))
      shown.end = min(whole.end, shown.start + Excerpt.width)
    }
    if shown.start > whole.start { append("... ") }
    var scalars = Array(source.scalars[whole.start..<whole.end])
    Secrets.hide(&scalars)
    let widths = Self.widths(of: &scalars)
    for position in shown.start..<shown.end {
      append(
        scalar: scalars[position - whole.start], columns: widths[position - whole.start],
        isMarked: span.contains(position), isFirst: position == max(span.start, shown.start))
    }
    if shown.end < whole.end { line += " ..." }
    // A mistake at the line's end has its caret after the last character.
    if !marks.contains("^") { marks += "^" }
    while marks.last == " " || marks.last == "\t" { marks.removeLast() }
  }

  /// The columns of each scalar: the first of a character has them all. What cannot be shown is replaced before.
  private static func widths(of scalars: inout [Unicode.Scalar]) -> [Int] {
    for index in scalars.indices where !scalars[index].isShowable { scalars[index] = "\u{FFFD}" }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view).flatMap { character in
      let width = character == "\t" ? 1 : CharacterWidth.of(character)
      return [width] + [Int](repeating: 0, count: character.unicodeScalars.count - 1)
    }
  }

  private mutating func append(_ text: String) {
    for scalar in text.unicodeScalars { append(scalar: scalar, columns: 1, isMarked: false, isFirst: false) }
  }

  private mutating func append(scalar: Unicode.Scalar, columns: Int, isMarked: Bool, isFirst: Bool) {
    line.unicodeScalars.append(scalar)
    guard isMarked else {
      // A tab is kept, so that both lines shift alike.
      marks += scalar == "\t" ? "\t" : String(repeating: " ", count: columns)
      return
    }
    if columns > 0 || isFirst {
      marks += (isFirst ? "^" : "~") + String(repeating: "~", count: max(0, columns - 1))
    }
  }
}

extension Unicode.Scalar {
  /// Whether it can be shown as it is: no control characters, which could steer a terminal, no hidden direction marks.
  var isShowable: Bool {
    if self == "\t" { return true }
    switch properties.generalCategory {
    case .control, .surrogate, .lineSeparator, .paragraphSeparator: return false
    case .format: return value == 0x200D
    default: return true
    }
  }
}
