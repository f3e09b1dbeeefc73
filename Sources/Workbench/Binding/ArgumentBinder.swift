import Language
import Vocabulary

/// Binds one expression to what its declaration lets stand there.
///
/// Where a parameter takes one of a list of words its words win, then variables; a string equals the word.
struct ArgumentBinder {
  let scope: any Scope
  /// Reads a text as a call again: `best.params.schedule` is a text that was a call.
  let callFromText: (String) -> Expression?
  /// The parameters of the command that is bound: what a call in it does not take may be one of them.
  var commandOptions: [Option] = []

  /// Throws a `Diagnostic` or `NotYetKnown`. `subject` is what a message calls the place: "epochs of train".
  func bind(_ expression: Expression, to kind: Option.Kind, _ subject: Subject) throws -> Argument {
    switch kind {
    case .either(let kinds): return try bindEither(expression, kinds, subject)
    case .word(let words): return try bindWord(expression, words, kind, subject)
    case .call(let calls): return try bindCall(expression, calls, kind, subject)
    case .name(let nameKind): return try bindName(expression, nameKind, subject)
    case .list(let element): return try bindList(expression, element, kind, subject)
    default:
      let value: Value
      do { value = try scope.value(of: expression) } catch let mistake as Diagnostic {
        throw explained(mistake, expression, kind, subject)
      }
      guard let argument = Self.argument(value, kind) else { throw mismatch(expression, value, kind, subject) }
      switch kind {
      case .text, .path: try TypedText.check(argument.text, subject, at: expression.span)
      default: break
      }
      return argument
    }
  }

  /// The same for a parameter that is known by its name alone.
  func bind(_ expression: Expression, to kind: Option.Kind, _ name: String) throws -> Argument {
    try bind(expression, to: kind, Subject(stringLiteral: name))
  }

  private func bindEither(_ expression: Expression, _ kinds: [Option.Kind], _ subject: Subject) throws -> Argument {
    if let word = expression.bareWord, let kind = kinds.first(where: { $0.words.contains(word) }) {
      return try bind(expression, to: kind, subject)
    }
    if case .call(.name(let word, _), _, _) = expression, let kind = kinds.first(where: { $0.words.contains(word) }) {
      return try bind(expression, to: kind, subject)
    }
    var mistakes: [Diagnostic] = []
    for kind in kinds {
      do { return try bind(expression, to: kind, subject) } catch let mistake as Diagnostic { mistakes.append(mistake) }
    }
    // No kind takes a text that is too long; that says more than a list of them.
    if let text = (try? scope.value(of: expression))?.text {
      try TypedText.check(text, subject, at: expression.span)
    }
    // A near name, or a mistake inside brackets, says more than a list of what would have fitted.
    if let near = mistakes.first(where: \.hasSuggestion) { throw near }
    if let inner = mistakes.last(where: { $0.span != expression.span && !$0.isAboutName }) { throw inner }
    let found = expression.bareWord ?? (try? scope.value(of: expression))?.summary
    throw Diagnostic(
      "\(subject) is \(Option.Kind.either(kinds).expectation)" + (found.map { ", not \($0)" } ?? ""),
      at: expression.span, hint: callHint(expression, .either(kinds)))
  }

  private func bindWord(_ expression: Expression, _ words: [String], _ kind: Option.Kind, _ subject: Subject) throws
    -> Vocabulary.Argument
  {
    if let word = expression.bareWord, words.contains(word) { return .text(word) }
    if case .name(let word, let span) = expression {
      guard scope.isVariable(word) else { throw unknown(word, span, words, subject) }
    }
    let value = try scope.value(of: expression)
    guard let text = value.text else { throw mismatch(expression, value, kind, subject) }
    try TypedText.check(text, subject, at: expression.span)
    guard words.contains(text) else { throw unknown(text, expression.span, words, subject) }
    return .text(text)
  }

  private func bindCall(_ expression: Expression, _ calls: [Syntax], _ kind: Option.Kind, _ subject: Subject) throws
    -> Vocabulary.Argument
  {
    let names = calls.map(\.name)
    if let word = expression.bareWord, let syntax = calls.first(where: { $0.name == word }) {
      return .call(try call(syntax, [], expression.span))
    }
    switch expression {
    case .name(let word, let span):
      guard scope.isVariable(word) else { throw unknown(word, span, names, subject) }
    case .call(.name(let word, let span), let arguments, let whole):
      guard let syntax = calls.first(where: { $0.name == word }) else { throw unknown(word, span, names, subject) }
      return .call(try call(syntax, arguments, whole))
    default: break
    }
    let value = try scope.value(of: expression)
    try TypedText.check(value.text, subject, at: expression.span)
    if let text = value.text, let inner = callFromText(text) {
      do { return try bindCall(inner, calls, kind, subject) } catch var diagnostic as Diagnostic {
        diagnostic.span = expression.span
        throw diagnostic
      }
    }
    throw mismatch(expression, value, kind, subject)
  }

  /// A call's arguments: by position first, then by name, each bound to its option.
  func call(_ syntax: Syntax, _ arguments: [Expression.Argument], _ span: Span) throws -> Call {
    var result = Call(syntax.name)
    for (index, argument) in arguments.enumerated() {
      let option: Option
      if let name = argument.name {
        guard let named = syntax.options.first(where: { $0.name == name.text }) else {
          throw unknownParameter(name, of: syntax, argument.value)
        }
        option = named
      } else {
        guard index < syntax.options.count else {
          let count = syntax.options.count
          throw Diagnostic(
            count == 0
              ? "\(syntax.name) takes no values in brackets"
              : "\(syntax.name) takes at most \(count) value\(count == 1 ? "" : "s")", at: argument.value.span)
        }
        option = syntax.options[index]
      }
      guard result[option.name] == nil else {
        throw Diagnostic("'\(option.name)' of \(syntax.name) is given twice", at: argument.value.span)
      }
      let value = try bind(argument.value, to: option.kind, Subject(option.name, of: syntax.name))
      result.arguments.append(.init(option.name, value))
    }
    if let missing = syntax.options.first(where: { $0.isRequired && result[$0.name] == nil }) {
      throw Diagnostic(
        "\(syntax.name) needs \(missing.name)", at: span, hint: syntax.example.map { "for example \($0)" })
    }
    return result
  }

  private func bindName(_ expression: Expression, _ kind: Option.NameKind, _ subject: Subject) throws -> Argument {
    let known = scope.names(of: kind)
    if case .name(let word, let span) = expression, !scope.isVariable(word) || known?.contains(word) == true {
      if let known, !known.contains(word) { throw unknown(word, span, known, subject) }
      return .text(word)
    }
    if let path = expression.dottedOrIndexedName { return .text(path) }
    let value = try scope.value(of: expression)
    guard let text = value.text else { throw mismatch(expression, value, .name(kind), subject) }
    try TypedText.check(text, subject, at: expression.span)
    if let known, !known.contains(text) { throw unknown(text, expression.span, known, subject) }
    return .text(text)
  }

  private func bindList(_ expression: Expression, _ element: Option.Kind, _ kind: Option.Kind, _ subject: Subject)
    throws
    -> Vocabulary.Argument
  {
    if case .list(let elements, _) = expression {
      return .list(try elements.map { try bind($0, to: element, subject) })
    }
    let value = try scope.value(of: expression)
    guard case .list(let values) = value else {
      // One element stands for a list of one: hidden=128.
      if Self.argument(value, element) != nil { return .list([try bind(expression, to: element, subject)]) }
      throw mismatch(expression, value, kind, subject)
    }
    return .list(try values.map { try bind(.literal($0, expression.span), to: element, subject) })
  }
}
