extension Reader {
  /// The statement words of Python, which people type here by habit. An assignment to one is an assignment.
  private static let pythonWords: Set<String> = [
    "def", "for", "if", "elif", "else", "while", "class", "return", "from", "lambda", "with", "try", "except",
    "finally",
    "del", "pass", "break", "continue", "raise", "yield", "global", "nonlocal", "async", "await", "match",
  ]

  private static let installers: Set<String> = ["pip", "pip3", "conda", "mamba", "apt", "uv"]

  /// The one mistake of a line that is Python's; nil if it may be ours. What is indented under it is skipped.
  func pythonMistake() -> Diagnostic? {
    guard let name = token.name, !next.isSymbol("="), !next.isSymbol("."), !next.isSymbol("?") else { return nil }
    if Reader.pythonWords.contains(name), !grammar.commands.contains(name) {
      return Reader.python(name, at: token.span)
    }
    // `import a as b` and `import a, b`; whether `import a` is a command's is for the commands to say.
    // `pip install x`, `conda install x`: an installer's line.
    if Reader.installers.contains(name), !grammar.commands.contains(name), next.name != nil {
      return Diagnostic(
        "this kernel does not install packages", at: token.span, hint: "run \(name) in a terminal")
    }
    let isImport = name == "import" && next.name != nil
    if isImport, token(ahead: 2).isName("as") || token(ahead: 2).isSymbol(",") {
      return Reader.python(name, at: token.span)
    }
    return nil
  }

  static func python(_ word: String, at span: Span) -> Diagnostic {
    let hint =
      switch word {
      case "import", "from": "commands need no import: try help"
      case "for": "use a space and tune sampler=grid to try several values"
      case "if", "elif", "else", "while": "use assert CONDITION to stop a notebook at a result"
      default: "use commands, assignments and expressions: help lists them"
      }
    return Diagnostic("this kernel does not run Python, and '\(word)' is Python's", at: span, hint: hint)
  }
}

extension Diagnostic {
  /// The mistake of a line of Python that begins with `word`.
  package static func python(_ word: String, at span: Span) -> Diagnostic { Reader.python(word, at: span) }
}
