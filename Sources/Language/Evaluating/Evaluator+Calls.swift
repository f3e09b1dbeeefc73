extension Evaluator {
  func call(_ callee: Expression, _ arguments: [Expression.Argument], _ span: Span) throws -> Value {
    guard case .name(let name, let nameSpan) = callee else {
      return try call(evaluate(callee), arguments, callee.span, span)
    }
    switch environment.lookup(name) {
    case .later:
      // The arguments are looked at all the same: their mistakes need not wait.
      _ = try values(of: arguments)
      throw Later()
    case .value(let value): return try call(value, arguments, nameSpan, span)
    case .unknown: break
    }
    if let builtin = Builtins.all[name] {
      let (positional, named) = try values(of: arguments)
      if let first = arguments.first(where: { $0.name != nil })?.name {
        throw Diagnostic("\(name) takes no parameter '\(first.text)'", at: first.span)
      }
      _ = named
      return try located(span) { try builtin(positional) }
    }
    guard keepsWords || environment.isWord(name) else { throw unknownCall(name, nameSpan) }
    // What stands in a declared call may be words that only its declaration knows.
    let inner = Evaluator(environment, keepsWords: true)
    let (positional, named) = try inner.values(of: arguments)
    let result = Value.call(name, arguments: positional, keywords: named)
    try limitSize(of: [result], span)
    return result
  }

  private func call(
    _ value: Value, _ arguments: [Expression.Argument], _ calleeSpan: Span, _ span: Span
  ) throws -> Value {
    guard case .object(let object) = value else {
      throw Diagnostic("\(value.kindText) cannot be called", at: calleeSpan)
    }
    let (positional, named) = try values(of: arguments)
    return try located(span) { try object.base.call(positional, named) }
  }

  private func values(of arguments: [Expression.Argument]) throws -> ([Value], [Value.Entry]) {
    var positional: [Value] = []
    var named: [Value.Entry] = []
    for argument in arguments {
      let value = try evaluate(argument.value)
      if let name = argument.name { named.append(Value.Entry(name.text, value)) } else { positional.append(value) }
    }
    return (positional, named)
  }

  /// Adds to what an object or a function threw where in the cell it happened.
  func located<Result>(_ span: Span, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let mistake as ValueError {
      throw Diagnostic(mistake.message, at: span, hint: mistake.hint)
    }
  }

  func attribute(of base: Value, _ name: Word) throws -> Value {
    switch base {
    case .object(let object):
      if let value = try located(name.span, { try object.base.attribute(name.text) }) { return value }
      throw noAttribute(name, of: object.base.typeName, among: object.base.attributeNames)
    case .dict(let entries):
      if let value = base[name.text] { return value }
      throw noAttribute(name, of: "the dict", among: entries.map(\.key))
    default:
      let isWord = if case .word = base { true } else { false }
      throw Diagnostic(
        "\(base.kindText) has no attribute '\(name.text)'", at: name.span, fact: isWord ? .attributeOfWord : nil)
    }
  }

  private func noAttribute(_ name: Word, of owner: String, among names: [String]) -> Diagnostic {
    let near = Suggestion.hint(for: name.text, among: names)
    let list = names.isEmpty || names.count > 20 ? nil : "it has " + names.joined(separator: ", ")
    return Diagnostic("\(owner) has no attribute '\(name.text)'", at: name.span, hint: near ?? list)
  }

  func element(of base: Value, at index: Value, _ indexSpan: Span, _ span: Span) throws -> Value {
    switch (base, index) {
    case (.object(let object), _):
      return try element(of: located(span) { try object.base.plain() }, at: index, indexSpan, span)
    case (.list(let values), .int(let position)):
      return values[try offset(position, values.count, "list", indexSpan)]
    case (.string(let text), .int(let position)):
      let scalars = Array(text.unicodeScalars)
      return .string(String(scalars[try offset(position, scalars.count, "string", indexSpan)]))
    case (.dict(let entries), .string(let key)), (.dict(let entries), .word(let key)):
      if let value = base[key] { return value }
      throw Diagnostic(
        "the dict has no key \(Value.string(key).text(limit: 200))", at: indexSpan,
        hint: Suggestion.hint(for: key, among: entries.map(\.key)))
    case (.dict, .int(let key)):
      if let value = base["\(key)"] { return value }
      throw Diagnostic("the dict has no key \(key)", at: indexSpan)
    case (.list, _), (.string, _):
      throw Diagnostic("an index is an int, not \(index.kindText)", at: indexSpan)
    case (.dict, _):
      throw Diagnostic("a key is a string, not \(index.kindText)", at: indexSpan)
    default:
      throw Diagnostic("\(base.kindText) cannot be indexed", at: span)
    }
  }

  /// Counted from the end where negative.
  private func offset(_ position: Int, _ count: Int, _ what: String, _ span: Span) throws -> Int {
    let offset = position < 0 ? position + count : position
    guard (0..<count).contains(offset) else {
      throw Diagnostic(
        "index \(position) is outside the \(what) of \(count)", at: span,
        hint: count == 0 ? "it is empty" : "expected 0 to \(count - 1)")
    }
    return offset
  }
}
