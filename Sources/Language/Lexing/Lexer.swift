/// Cuts a cell into tokens in one pass: O(length). Inside brackets and after a trailing `\` a line goes on.
struct Lexer {
  let source: Source
  var position = 0
  var tokens: [Token] = []
  var diagnostics: [Diagnostic] = []
  /// Positions of the open brackets.
  var open: [Int] = []
  /// The cell ends inside a string of three quotes, or after a trailing `\`.
  var endsInsideString = false
  var endsAfterBackslash = false
  /// Where the text of a string begins that the cell's end cuts off.
  var cutString: Int?

  /// The cutting was cancelled before the end.
  private(set) var isStopped = false

  /// Tokens between two looks at an interruption: a millisecond's.
  static let tokensPerLook = 4096

  private var isLineStart = true
  private var indent = 0
  private var isSpaced = true

  static func tokens(of source: Source, isCancelled: () -> Bool = { false }) -> Lexer {
    var lexer = Lexer(source: source)
    lexer.run(isCancelled)
    return lexer
  }

  init(source: Source) { self.source = source }

  var here: Unicode.Scalar? { position < source.count ? source.scalars[position] : nil }

  func peek(_ offset: Int = 1) -> Unicode.Scalar? {
    position + offset < source.count ? source.scalars[position + offset] : nil
  }

  private mutating func run(_ isCancelled: () -> Bool) {
    if here == "\u{FEFF}" { position += 1 }
    measureIndent()
    while let scalar = here {
      if tokens.count % Self.tokensPerLook == 0, isCancelled() {
        isStopped = true
        break
      }
      switch scalar {
      case " ", "\t", "\u{0C}", "\u{A0}":
        position += 1
        isSpaced = true
      case "\n", "\r": endLine()
      case "#": skipComment()
      case "\\": continueLine()
      default: token(from: scalar)
      }
    }
    append(.newline, from: position)
    append(.end, from: position)
  }

  private mutating func skipComment() {
    while let scalar = here, scalar != "\n", scalar != "\r" { position += 1 }
  }

  private mutating func endLine() {
    if open.isEmpty, !isLineStart { append(.newline, from: position) }
    stepOverLineEnd()
    isSpaced = true
    if open.isEmpty {
      isLineStart = true
      measureIndent()
    }
  }

  mutating func stepOverLineEnd() {
    if here == "\r", peek() == "\n" { position += 1 }
    position += 1
  }

  private mutating func measureIndent() {
    indent = 0
    while let scalar = here {
      if scalar == " " || scalar == "\u{A0}" {
        indent += 1
      } else if scalar == "\t" {
        indent = (indent / 8 + 1) * 8
      } else {
        break
      }
      position += 1
    }
  }

  private mutating func continueLine() {
    let start = position
    position += 1
    while here == " " || here == "\t" { position += 1 }
    isSpaced = true
    if here == nil {
      endsAfterBackslash = true
    } else if here == "\n" || here == "\r" {
      stepOverLineEnd()
      if here == nil { endsAfterBackslash = true }
    } else {
      let span = Span(start, start + 1)
      report("nothing may follow a '\\' that continues a line", span)
      append(.invalid, from: start)
    }
  }

  private mutating func token(from scalar: Unicode.Scalar) {
    let start = position
    if isLineStart, open.isEmpty, scalar == "!" || scalar == "%" || scalar == "@" {
      let span = Span(start, start + 1)
      // What is under a magic of the whole cell is what that magic reads.
      let isWholeCell = scalar == "%" && peek() == "%"
      skipComment()
      if scalar == "!" {
        report(Reader.shell(at: span))
      } else if scalar == "@" {
        report(Reader.python("@", at: span))
      } else {
        report(
          Diagnostic(
            "this kernel does not have IPython's magics", at: span, hint: "try help",
            fact: isWholeCell ? .otherLanguage : nil))
      }
      append(.invalid, from: start)
    } else if let end = endOfFileName {
      position = end
      append(.string(source.text(Span(start, end))), from: start)
    } else if scalar.isDigit || (scalar == "." && peek()?.isDigit == true && !followsValue) {
      append(number(), from: start)
    } else if scalar == "\"" || scalar == "'" {
      append(string(isRaw: false), from: start)
    } else if scalar.startsName {
      while let next = here, next.continuesName { position += 1 }
      let text = source.text(Span(start, position))
      let isBeforeQuote = here == "\"" || here == "'"
      if text == "r" || text == "R", isBeforeQuote {
        append(string(isRaw: true), from: start)
      } else if ["f", "b", "u", "rf", "fr", "rb", "br"].contains(text.lowercased()), isBeforeQuote {
        _ = string(isRaw: text.count == 2)
        report(
          "this kernel does not have Python's \(text.lowercased())\"...\"", Span(start, position),
          hint: "use print \"text\" value, or \"text\" + str(value)")
        append(.invalid, from: start)
      } else {
        append(.name(text), from: start)
      }
    } else {
      append(symbol(from: scalar), from: start)
    }
  }

  /// Where a file's name ends that is written without quotes after a command: `data ../houses.csv`, `data my-file.csv`. Nil if
  /// what is here may be an expression; `data houses.csv` is one.
  private var endOfFileName: Int? {
    guard isSpaced, open.isEmpty, case .name? = tokens.last?.kind, position > 0,
      tokens.count == 1 || tokens[tokens.count - 2].endsStatement
    else { return nil }
    var end = position
    while end < source.count, source.scalars[end].isOfFileName { end += 1 }
    guard end == source.count || " \t\n\r;#".unicodeScalars.contains(source.scalars[end]) else { return nil }
    let word = source.text(Span(position, end))
    guard let dot = word.lastIndex(of: "."), case let ending = word[dot...].dropFirst(), let last = ending.last,
      !ending.contains("/"), !ending.allSatisfy(\.isNumber), last != "-", last != "+"
    else { return nil }
    let isPlain = word.first?.isLetter == true && !word.contains { $0 == "/" || $0 == "-" || $0 == "+" || $0 == "~" }
    let isWordOfOurs = ["none", "true", "false", "None", "True", "False"].contains(String(word.prefix { $0 != "." }))
    let isKnown = Self.fileEndings.contains(String(ending).lowercased())
    return (!isPlain || isWordOfOurs) && isKnown ? end : nil
  }

  private static let fileEndings: Set<String> = [
    "csv", "tsv", "txt", "data", "dat", "json", "jsonl", "arff", "npz", "npy", "gz", "bz2", "xz", "zst", "zip", "db",
    "sqlite", "attune", "parquet", "xlsx", "svm", "libsvm",
  ]

  /// `a.5` is not an attribute, `xs[0].5` neither; but directly after a value a dot is not the start of a number.
  private var followsValue: Bool {
    guard !isSpaced, let last = tokens.last else { return false }
    switch last.kind {
    case .name, .string: return true
    case .symbol(let text): return text == ")" || text == "]" || text == "}"
    default: return false
    }
  }

  mutating func append(_ kind: Token.Kind, from start: Int) {
    tokens.append(Token(kind: kind, span: Span(start, position), isSpacedBefore: isSpaced, indent: indent))
    isSpaced = false
    if kind != .newline { isLineStart = false }
  }

  var hasEnoughMistakes: Bool { diagnostics.count >= Reader.mistakeLimit }

  mutating func report(_ message: String, _ span: Span, hint: String? = nil) {
    report(Diagnostic(message, at: span, hint: hint))
  }

  private mutating func report(_ mistake: Diagnostic) {
    // A cell that is not a cell of ours would have a mistake a word.
    if !hasEnoughMistakes { diagnostics.append(mistake) }
  }
}

extension Unicode.Scalar {
  var isDigit: Bool { ("0"..."9").contains(self) }
  /// What a name of a file without quotes is made of.
  var isOfFileName: Bool { continuesName || self == "." || self == "/" || self == "-" || self == "~" || self == "+" }
  var startsName: Bool {
    switch self {
    case "a"..."z", "A"..."Z", "_": true
    default: value >= 0x80 && properties.isXIDStart
    }
  }
  var continuesName: Bool { startsName || isDigit || (value >= 0x80 && properties.isXIDContinue) }
}
