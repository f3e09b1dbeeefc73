/// The line of a mistake as it is shown, and the marks under it.
struct Excerpt {
  private(set) var line = ""
  private(set) var marks = ""
  private var isJoined = false

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
    if shown.start > whole.start { append("... ", isMarked: false, isFirst: false) }
    var scalars = Array(source.scalars[whole.start..<whole.end])
    Secrets.hide(&scalars)
    for position in shown.start..<shown.end {
      append(
        scalar: scalars[position - whole.start], isMarked: span.contains(position),
        isFirst: position == max(span.start, shown.start))
    }
    if shown.end < whole.end { line += " ..." }
    // A mistake at the line's end has its caret behind the last character.
    if !marks.contains("^") { marks += "^" }
    while marks.last == " " || marks.last == "\t" { marks.removeLast() }
  }

  private mutating func append(_ text: String, isMarked: Bool, isFirst: Bool) {
    for scalar in text.unicodeScalars { append(scalar: scalar, isMarked: isMarked, isFirst: isFirst) }
  }

  private mutating func append(scalar: Unicode.Scalar, isMarked: Bool, isFirst: Bool) {
    // A joined emoji is one picture, as wide as its first part.
    let columns = isJoined ? 0 : scalar.columns
    isJoined = scalar.value == 0x200D
    line.unicodeScalars.append(scalar.isShowable ? scalar : "\u{FFFD}")
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
  /// How many columns of a terminal it takes: 2 for wide and emoji, 0 for what joins the character before it.
  package var columns: Int {
    if value < 0x7F { return 1 }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    case .format: return value == 0xAD ? 1 : 0
    default: break
    }
    switch value {
    case 0xFE00...0xFE0F, 0x1160...0x11FF, 0x1F3FB...0x1F3FF: return 0
    // Two of these make one flag.
    case 0x1F1E6...0x1F1FF: return 1
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      return 2
    default: return properties.isEmojiPresentation ? 2 : 1
    }
  }

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
