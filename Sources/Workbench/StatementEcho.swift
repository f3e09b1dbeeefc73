import Language

/// The statements of a cell as they run, for a reader who does not see the cell: each line after `> `, with the comments before it.
struct StatementEcho {
  private let source: Source
  /// The first line that has not been shown.
  private var next = 1

  init(of text: String) { source = Source(Secrets.hidden(text)) }

  /// The lines up to the end of a statement; nil where an earlier statement of the line has shown them.
  mutating func lines(through statement: Statement) -> String? {
    let last = source.line(of: max(statement.span.start, statement.span.end - 1))
    guard last >= next else { return nil }
    defer { next = last + 1 }
    let lines = (next...last).map { source.text(source.span(ofLine: $0)) }
    return lines.drop { $0.isEmpty }.map { $0.isEmpty ? ">\n" : "> \($0)\n" }.joined()
  }
}
