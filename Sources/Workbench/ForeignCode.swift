import Language
import Vocabulary

/// Names and calls that other programs have, where an expression is wrong: `fit`, `model.fit(x)`, `torch.nn.Linear(3, 4)`.
enum ForeignCode {
  /// What to say instead of `mistake`; nil if it is about something else.
  static func mistake(_ expression: Expression, _ mistake: Diagnostic) -> Diagnostic? {
    switch expression {
    case .name(let word, let span):
      guard isUnknown(mistake) else { return nil }
      return Diagnostic.shell(word, at: span) ?? unknown("unknown name", word, at: span)
    case .call(.attribute(let base, let method, _), _, _):
      return Self.method(base, method, mistake)
    case .attribute(let base, _, let span):
      guard let root = base.root, let path = expression.path, isAbout(root, mistake) else { return nil }
      return Diagnostic(
        "'\(root.text)' is not known, and this kernel does not run Python's '\(path)'",
        at: Span(root.span.start, span.end),
        hint: "help lists the commands", fact: .unknownWord(near: nil))
    default: return nil
    }
  }

  /// A word that a command of ours is for.
  private static func unknown(_ message: String, _ word: String, at span: Span) -> Diagnostic? {
    guard let other = OtherName.command(word) else { return nil }
    return Diagnostic(
      "\(message) '\(word)'", at: span, hint: "use \(other.suggestion)", fact: .unknownWord(near: other.names.first))
  }

  /// `model.fit(x)`: a method of an object that only Python would have, or that ours does not have.
  private static func method(_ base: Expression, _ method: Word, _ mistake: Diagnostic) -> Diagnostic? {
    guard let root = base.root, let path = base.path else { return nil }
    let command =
      OtherName.command(method.text)?.suggestion
      ?? (Commands.byName[method.text] == nil ? nil : "'\(method.text)'")
    let call = "this kernel does not run Python's '\(path).\(method.text)(...)'"
    if isAbout(root, mistake) {
      return Diagnostic(
        "'\(root.text)' is not known, and \(call)", at: root.span,
        hint: command.map { "use the command \($0)" } ?? "help lists the commands", fact: .unknownWord(near: nil))
    }
    // A mistake in the brackets is about what would never be called.
    guard isUnknown(mistake), let command, SessionNames.all.contains(root.text) else { return nil }
    return Diagnostic(
      call, at: Span(root.span.start, method.span.end), hint: "use the command \(command)",
      fact: .unknownWord(near: nil))
  }

  private static func isUnknown(_ mistake: Diagnostic) -> Bool {
    if case .unknownWord? = mistake.fact { true } else { false }
  }

  /// Whether the name at the front of a path stands for nothing, or for a mere word that has nothing in it.
  private static func isAbout(_ root: Word, _ mistake: Diagnostic) -> Bool {
    mistake.span == root.span && isUnknown(mistake) || mistake.fact == .attributeOfWord
  }
}

extension Expression {
  /// The name that a path such as `a.b.c` begins with.
  fileprivate var root: Word? {
    switch self {
    case .name(let word, let span): Word(word, at: span)
    case .attribute(let base, _, _): base.root
    default: nil
    }
  }

  /// `a.b.c`; nil for anything but names.
  fileprivate var path: String? {
    switch self {
    case .name(let word, _): word
    case .attribute(let base, let name, _): base.path.map { "\($0).\(name.text)" }
    default: nil
    }
  }
}
