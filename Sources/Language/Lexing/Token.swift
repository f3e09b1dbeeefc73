/// One lexical piece of a cell.
struct Token: Sendable {
  enum Kind: Sendable, Equatable {
    case name(String)
    case int(Int)
    /// 9223372036854775808, which only fits after a minus.
    case intBeyondByOne
    case float(Double)
    case duration(Double)
    case string(String)
    /// Operators, brackets, `,` `:` `.` `..` `=` `;` `?`.
    case symbol(String)
    case newline
    /// A piece that is not a token; its mistake is among the lexer's.
    case invalid
    case end
  }

  var kind: Kind
  var span: Span
  /// Whether blank space (or a line's start) stands before it.
  var isSpacedBefore: Bool
  /// For the first token of a logical line, its column (a tab goes on to the next multiple of 8).
  var indent = 0

  func isSymbol(_ text: String) -> Bool { kind == .symbol(text) }
  func isName(_ text: String) -> Bool { kind == .name(text) }
  var name: String? { if case .name(let text) = kind { text } else { nil } }
  var endsStatement: Bool { kind == .newline || kind == .end || kind == .symbol(";") }
}
