import Language
import Vocabulary

extension ArgumentBinder {
  /// A plain value as an argument of this kind, or nil where it does not fit.
  static func argument(_ value: Value, _ kind: Option.Kind) -> Vocabulary.Argument? {
    switch (kind, value) {
    case (.bool, .bool(let flag)): .bool(flag)
    case (.int(let range), .int(let number)): range.contains(number) ? .int(number) : nil
    case (.float(let range), .int(let number)): range.contains(Double(number)) ? .float(Double(number)) : nil
    case (.float(let range), .float(let number)): range.contains(number) ? .float(number) : nil
    case (.share, .int(let number)): number >= 0 ? .int(number) : nil
    case (.share, .float(let number)): number >= 0 && number < 1 ? .float(number) : nil
    case (.text, .string(let text)), (.path, .string(let text)): .text(text)
    case (.duration, .duration(let seconds)): seconds > 0 ? .float(seconds) : nil
    case (.duration, .int(let seconds)): seconds > 0 ? .float(Double(seconds)) : nil
    case (.duration, .float(let seconds)): seconds > 0 && seconds.isFinite ? .float(seconds) : nil
    case (.any, let value): Vocabulary.Argument(value)
    case (.printed, let value): .text(value.printed)
    default: nil
    }
  }

  func mismatch(_ expression: Expression, _ value: Value, _ kind: Option.Kind, _ subject: String) -> Diagnostic {
    Diagnostic(
      "\(subject) is \(kind.expectation), not \(value.summary)", at: expression.span,
      hint: kind.calls.count == 1 ? kind.calls[0].example.map { "for example \($0)" } : nil)
  }

  /// A bare word where a value of a kind is wanted: what was expected, unless a name is near.
  func explained(_ mistake: Diagnostic, _ expression: Expression, _ kind: Option.Kind, _ subject: String) -> Diagnostic
  {
    guard case .name(let word, let span) = expression, mistake.isAboutName, mistake.hint == nil else { return mistake }
    switch kind {
    case .text, .path: return Diagnostic(mistake.message, at: span, hint: "a text is written in quotes: \"\(word)\"")
    case .bool: return unknown(word, span, ["true", "false"], subject)
    case .any, .printed: return mistake
    default: return Diagnostic(mistake.message, at: span, hint: "\(subject) is \(kind.expectation)")
    }
  }

  func unknown(_ word: String, _ span: Span, _ words: [String], _ subject: String) -> Diagnostic {
    if let near = Suggestion.nearest(to: word, among: words) {
      return Diagnostic("unknown value '\(word)' for \(subject)", at: span, hint: "did you mean '\(near)'?")
    }
    let listed = words.count <= 16 ? words.joined(separator: ", ") : words.prefix(16).joined(separator: ", ") + ", ..."
    return Diagnostic(
      "unknown value '\(word)' for \(subject)", at: span, hint: words.isEmpty ? nil : "expected \(listed)")
  }

  func unknownParameter(_ name: Word, of command: String, among names: [String]) -> Diagnostic {
    let near = Suggestion.nearest(to: name.text, among: names)
    let listed =
      names.isEmpty
      ? "it takes none"
      : names.count > 12 ? "help \(command) lists what it takes" : "it takes " + names.joined(separator: ", ")
    return Diagnostic(
      "unknown parameter '\(name.text)' of \(command)", at: name.span,
      hint: near.map { "did you mean '\($0)'?" } ?? listed)
  }
}

extension Diagnostic {
  /// A mistake in a name is worth more to the reader than a list of the kinds that would have fitted.
  var isAboutName: Bool { message.hasPrefix("unknown ") }
  var isSuggestion: Bool { hint?.hasPrefix("did you mean") ?? false }
}

extension Value {
  /// The text of a string or a bare word: a string equals the word.
  var text: String? {
    switch self {
    case .string(let text), .word(let text): text
    case .call(let name, let arguments, let keywords) where arguments.isEmpty && keywords.isEmpty: name
    default: nil
    }
  }

  /// As a message names it, cut to a readable length.
  var summary: String {
    let text = description
    return text.count <= 40 ? text : String(text.prefix(37)) + "..."
  }
}

extension Vocabulary.Argument {
  /// Any value as it was said; ranges and sets have no place outside a space.
  init?(_ value: Value) {
    switch value {
    case .none: self = .none
    case .bool(let flag): self = .bool(flag)
    case .int(let number): self = .int(number)
    case .float(let number): self = .float(number)
    case .string(let text), .word(let text): self = .text(text)
    case .duration(let seconds): self = .float(seconds)
    case .list(let values):
      let arguments = values.compactMap { Vocabulary.Argument($0) }
      guard arguments.count == values.count else { return nil }
      self = .list(arguments)
    case .call(let name, let arguments, let keywords):
      var call = Call(name)
      for (index, value) in arguments.enumerated() {
        guard let argument = Vocabulary.Argument(value) else { return nil }
        call.arguments.append(.init("\(index)", argument))
      }
      for entry in keywords {
        guard let argument = Vocabulary.Argument(entry.value) else { return nil }
        call.arguments.append(.init(entry.key, argument))
      }
      self = .call(call)
    default: return nil
    }
  }
}

extension Expression {
  /// A word that stands alone; `none` is a value and a word of several lists.
  var bareWord: String? {
    switch self {
    case .name(let word, _): word
    case .literal(.none, _): "none"
    default: nil
    }
  }

  /// `hidden[0]` as the name of a parameter.
  var dottedOrIndexedName: String? {
    guard case .element(.name(let name, _), .literal(.int(let index), _), _) = self else { return nil }
    return "\(name)[\(index)]"
  }
}
