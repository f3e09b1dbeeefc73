import Datasets
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

  func mismatch(_ expression: Expression, _ value: Value, _ kind: Option.Kind, _ subject: Subject) -> Diagnostic {
    let example = kind.calls.count == 1 ? kind.calls[0].example.map { "for example \($0)" } : nil
    return Diagnostic(
      "\(subject) is \(kind.expectation), not \(value.summary)", at: expression.span,
      hint: callHint(expression, kind) ?? example)
  }

  /// A number given for a call that begins with one: `early_stopping=5` means `patience(5)`.
  func callHint(_ expression: Expression, _ kind: Option.Kind) -> String? {
    guard kind.calls.count == 1, let first = kind.calls[0].options.first,
      let value = try? scope.value(of: expression), value.number != nil, Self.argument(value, first.kind) != nil
    else { return nil }
    return "write \(kind.calls[0].name)(\(value.summary))"
  }

  /// A bare word where a value of a kind is wanted: what was expected, unless a name is near.
  func explained(_ mistake: Diagnostic, _ expression: Expression, _ kind: Option.Kind, _ subject: Subject) -> Diagnostic
  {
    guard case .name(let word, let span) = expression, mistake.isAboutName, mistake.hint == nil else { return mistake }
    func hint(_ text: String) -> Diagnostic {
      Diagnostic(mistake.message, at: span, hint: text, fact: mistake.fact)
    }
    switch kind {
    case .text, .path: return hint("write a text in quotes: \"\(word)\"")
    case .bool: return unknown(word, span, ["true", "false"], subject)
    case .any, .printed: return mistake
    default: return hint("\(subject) is \(kind.expectation)")
    }
  }

  func unknown(_ word: String, _ span: Span, _ words: [String], _ subject: Subject) -> Diagnostic {
    let message = "unknown value '\(word)' for \(subject)"
    if let (names, form) = subject.parameter.flatMap({ ForeignWord.meant(by: word, of: $0, among: words) }) {
      let hint = form.map { "use \($0)" } ?? "did you mean \(names.map { "'\($0)'" }.joined(separator: " or "))?"
      return Diagnostic(message, at: span, hint: hint, fact: .unknownWord(near: form ?? names.first))
    }
    if subject.isPositional, let owner = subject.owner, OtherName.command(word)?.names.contains(owner) == true {
      return Diagnostic(message, at: span, hint: "write \(owner) alone", fact: .unknownWord(near: owner))
    }
    if subject.description == "the what of show", Commands.byName[word] != nil {
      return Diagnostic(message, at: span, hint: "write \(word) alone", fact: .unknownWord(near: word))
    }
    // A metric is meant on the validation rows unless its name says more.
    let onRows = MetricNames.base(word).flatMap { MetricNames.split(word) != nil && words.contains($0) ? $0 : nil }
    let near = words.contains("val_" + word) ? "val_" + word : onRows ?? Suggestion.nearest(to: word, among: words)
    if let near { return Diagnostic(message, at: span, hint: Suggestion.hint(near), fact: .unknownWord(near: near)) }
    let listed = words.count <= 40 ? words.joined(separator: ", ") : words.prefix(16).joined(separator: ", ") + ", ..."
    return Diagnostic(
      message, at: span, hint: words.isEmpty ? nil : "expected \(listed)", fact: .unknownWord(near: nil))
  }

  /// A key that a call does not take; it may be a parameter of the command that the call is given to.
  func unknownParameter(_ name: Word, of syntax: Syntax, _ value: Expression) -> Diagnostic {
    let names = syntax.options.map(\.name)
    let meant = OtherName.parameter(name.text)?.names ?? [name.text]
    if !meant.contains(where: names.contains), let own = commandOptions.first(where: { meant.contains($0.name) }) {
      let given = (try? scope.value(of: value))?.summary ?? "..."
      return Diagnostic(
        "unknown parameter '\(name.text)' of \(syntax.name)", at: name.span,
        hint: "write \(own.name)=\(given) after \(syntax.name), not inside its brackets",
        fact: .unknownWord(near: own.name))
    }
    return unknownParameter(name, of: syntax.name, among: names)
  }

  func unknownParameter(_ name: Word, of owner: String, among names: [String]) -> Diagnostic {
    let message = "unknown parameter '\(name.text)' of \(owner)"
    if let other = OtherName.parameter(name.text) {
      let own = other.names.filter(names.contains)
      let isStatement = other.form.map { Commands.byName[String($0.prefix { $0 != " " })] != nil } ?? false
      if !own.isEmpty || isStatement {
        let hint = other.form.map { isStatement ? "use \($0)" : "did you mean '\($0)'?" }
        return Diagnostic(
          message, at: name.span,
          hint: hint ?? "did you mean \(own.map { "'\($0)'" }.joined(separator: " or "))?",
          fact: .unknownWord(near: own.first))
      }
      if let home = other.names.lazy.compactMap({ Commands.home(of: $0, besides: owner) }).first {
        return Diagnostic(message, at: name.span, hint: home, fact: .unknownWord(near: nil))
      }
    }
    if let home = Commands.home(of: name.text, besides: owner) {
      return Diagnostic(message, at: name.span, hint: home, fact: .unknownWord(near: nil))
    }
    let near = Suggestion.nearest(to: name.text, among: names)
    let listed =
      names.isEmpty
      ? "it takes none"
      : names.count > 12 ? "help \(owner) lists what it takes" : "it takes " + names.joined(separator: ", ")
    return Diagnostic(
      message, at: name.span, hint: Suggestion.hint(near) ?? listed, fact: .unknownWord(near: near))
  }
}

extension Commands {
  /// Where a parameter belongs that another command was given: "it belongs to network: write network hidden=...".
  static func home(of parameter: String, besides owner: String) -> String? {
    // `csv` of predict and evaluate has fewer options than that of data.
    if let source = DataSources.all.first(where: { $0.syntax.name == owner })?.syntax,
      source.options.contains(where: { $0.name == parameter })
    {
      return "new rows are read as those of the training were: leave '\(parameter)' out"
    }
    let order = ["network", "train", "tune", "data"]
    let homes = all.filter { command in
      command.name != owner && command.options.contains { $0.name == parameter }
    }
    if homes.isEmpty,
      let (_, call) = HelpIndex.syntaxes.first(where: { entry in
        entry.syntax.name != owner && entry.syntax.options.contains { $0.name == parameter }
      })
    {
      return "'\(parameter)' belongs to \(call.name): write \(call.name)(\(parameter)=...)"
    }
    let home = order.lazy.compactMap { name in homes.first { $0.name == name } }.first ?? homes.first
    return home.map { "'\(parameter)' belongs to \($0.name): write \($0.name) \(parameter)=..." }
  }
}

extension Diagnostic {
  /// A mistake in a name is worth more to the reader than a list of the kinds that would have fitted.
  var isAboutName: Bool { if case .unknownWord = fact { true } else { false } }
  var hasSuggestion: Bool { if case .unknownWord(.some) = fact { true } else { false } }
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
    let text = text(limit: 200)
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
