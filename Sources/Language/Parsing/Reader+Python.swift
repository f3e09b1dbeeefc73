extension Reader {
  /// The statement words of Python, which people type here by habit. An assignment to one is an assignment.
  private static let pythonWords: Set<String> = [
    "def", "for", "if", "elif", "else", "while", "class", "return", "from", "lambda", "with", "try", "except",
    "finally",
    "del", "pass", "break", "continue", "raise", "yield", "global", "nonlocal", "async", "await", "match",
  ]

  /// Those that stand inside expressions: `[x for x in y]`, `a if b else c`.
  private static let innerPythonWords: Set<String> = ["for", "if", "else", "lambda", "is", "await", "yield"]

  private static let installers: Set<String> = ["pip", "pip3", "conda", "mamba", "apt", "uv"]

  private static let shellWords: Set<String> = [
    "ls", "cd", "pwd", "cat", "mkdir", "rm", "cp", "mv", "git", "wget", "curl", "python", "python3", "bash", "sh",
    "sudo", "jupyter", "docker", "kaggle",
  ]

  /// The one mistake of a line that is Python's or a shell's; nil if it may be ours. What is indented under it is skipped.
  func pythonMistake() -> Diagnostic? {
    if let name = token.name, next.isSymbol(":"), token(ahead: 2).name != nil, token(ahead: 3).isSymbol("=") {
      return Diagnostic("a value is given without a type", at: next.span, hint: "write \(name) = ...")
    }
    guard let name = token.name, !next.isSymbol("="), !next.isSymbol("."), !next.isSymbol("?") else { return nil }
    if grammar.commands.contains(name) {
      // `import a as b` and `import a, b`; whether `import a` is a command's is for the commands to say.
      let isImport = name == "import" && next.name != nil
      return isImport && (token(ahead: 2).isName("as") || token(ahead: 2).isSymbol(","))
        ? Reader.python(name, at: token.span) : nil
    }
    // `match[0]` may be a variable's: to Python, too.
    if Reader.pythonWords.contains(name), name != "match" || next.isSpacedBefore && next.name != nil {
      return Reader.python(name, at: token.span)
    }
    // `a if b else c` at the beginning of a line.
    if let word = next.name, word == "if" || word == "for" { return Reader.python(word, at: next.span) }
    // `pip install x`, `conda install x`: an installer's line.
    if Reader.installers.contains(name), next.name != nil {
      return Diagnostic(
        "this kernel does not install packages", at: token.span, hint: "run \(name) in a terminal")
    }
    return Reader.shellWords.contains(name) && isShellArgument(next, token(ahead: 2))
      ? Reader.shell(at: token.span) : nil
  }

  /// `ls -l`, `cd ..`, `cat "file"`, `git status`: not a variable of that name in an expression.
  private func isShellArgument(_ next: Token, _ after: Token) -> Bool {
    guard next.isSpacedBefore else { return false }
    switch next.kind {
    case .name(let word): return !Reader.isOperatorWord(word)
    case .string, .invalid: return true
    case .symbol(".."), .symbol("/"): return !after.isSpacedBefore || after.endsStatement
    case .symbol("-"), .symbol("."): return !after.isSpacedBefore
    default: return false
    }
  }

  /// A word of Python's that stands where an expression of ours cannot continue.
  func innerPythonMistake() -> Diagnostic? {
    guard let word = token.name, Reader.innerPythonWords.contains(word) else { return nil }
    return Reader.python(word, at: token.span)
  }

  static func python(_ word: String, at span: Span) -> Diagnostic {
    let hint =
      switch word {
      case "import", "from": "commands need no import: try help"
      case "for": "use a space and tune sampler=grid to try several values"
      case "if", "elif", "else", "while": "use assert CONDITION to stop a notebook at a result"
      default: "use commands, assignments and expressions: help lists them"
      }
    return Diagnostic(
      "this kernel does not run Python, and '\(word)' is Python's", at: span, hint: hint, fact: .otherLanguage)
  }

  static func shell(at span: Span) -> Diagnostic {
    Diagnostic("this kernel does not run shell commands", at: span, hint: "use a terminal")
  }

  /// A word alone that a shell would run: `ls`, `pwd`.
  static func isShellWord(_ word: String) -> Bool { shellWords.contains(word) }
}

extension Diagnostic {
  /// The mistake of a line of Python that begins with `word`.
  package static func python(_ word: String, at span: Span) -> Diagnostic { Reader.python(word, at: span) }

  /// The mistake of a word alone that a shell would run; nil if it is none.
  package static func shell(_ word: String, at span: Span) -> Diagnostic? {
    Reader.isShellWord(word) ? Reader.shell(at: span) : nil
  }
}
