/// Gives expressions their values. Expressions change nothing, so they can be looked at before they are needed.
package struct Evaluator {
  package let environment: any Environment
  /// A bare word that names nothing stands for itself: in the value of a parameter that takes words.
  package var keepsWords: Bool

  package init(_ environment: any Environment, keepsWords: Bool = false) {
    self.environment = environment
    self.keepsWords = keepsWords
  }

  /// A list or text that an expression makes is not longer than this.
  static let sizeLimit = 10_000_000
  /// Lists within lists within ...: whoever walks a value recurses.
  static let heightLimit = 200

  /// Thrown where a value is not known before the cell runs.
  struct Later: Error {}

  /// The value; throws a `Diagnostic`, or what a session object threw that is no `ValueError`.
  package func value(of expression: Expression) throws -> Value {
    do {
      return try evaluate(expression)
    } catch is Later {
      throw Diagnostic("the value is not known yet", at: expression.span)
    }
  }

  /// What a look before the run can tell.
  package enum Check {
    case value(Value)
    /// No mistake seen; the value comes when the line is reached.
    case later
    case mistakes([Diagnostic])
  }

  /// Names and literals are checked, and the value given where it does not depend on the running cell.
  package func check(_ expression: Expression) -> Check {
    let unknown = unknownNames(in: expression)
    if !unknown.isEmpty { return .mistakes(unknown) }
    do {
      return .value(try evaluate(expression))
    } catch let mistake as Diagnostic {
      return .mistakes([mistake])
    } catch {
      return .later
    }
  }

  func evaluate(_ expression: Expression) throws -> Value {
    if let junction = expression.junction { return try truth(of: junction) }
    switch expression {
    case .literal(let value, _): return value
    case .name(let name, let span): return try named(name, span)
    case .list(let parts, let span): return try .list(collected(parts, span))
    case .set(let parts, let span): return try .set(collected(parts, span))
    case .dict(let pairs, let span): return try dict(pairs, span)
    case .range(let low, let high, let span): return try range(evaluate(low), evaluate(high), span)
    case .call(let callee, let arguments, let span): return try call(callee, arguments, span)
    case .attribute(let base, let name, _): return try attribute(of: evaluate(base), name)
    case .element(let base, let index, let span):
      return try element(of: evaluate(base), at: evaluate(index), index.span, span)
    case .unary(let sign, let operand, let span): return try unary(sign, evaluate(operand), span)
    case .binary(let sign, let left, let right, let span):
      return try binary(sign, evaluate(left), evaluate(right), span)
    case .chain(let first, let links, _): return try chain(first, links)
    }
  }

  private func named(_ name: String, _ span: Span) throws -> Value {
    switch environment.lookup(name) {
    case .value(let value): return value
    case .later: throw Later()
    case .unknown:
      if let constant = Evaluator.constants[name] { return constant }
      if keepsWords || environment.isWord(name) { return .word(name) }
      throw unknownName(name, span)
    }
  }

  static let constants: [String: Value] = ["nan": .float(.nan), "inf": .float(.infinity)]

  func unknownName(_ name: String, _ span: Span) -> Diagnostic {
    let near = Suggestion.nearest(to: name, among: environment.names)
    return Diagnostic(
      "unknown name '\(name)'", at: span, hint: Suggestion.hint(near), fact: .unknownWord(near: near))
  }

  private func collected(_ parts: [Expression], _ span: Span) throws -> [Value] {
    let values = try parts.map(evaluate)
    try limitHeight(of: values, span)
    return values
  }

  private func limitHeight(of values: [Value], _ span: Span) throws {
    for value in values where value.height >= Evaluator.heightLimit {
      throw Diagnostic("nested too deeply", at: span)
    }
  }

  private func dict(_ pairs: [(key: Expression, value: Expression)], _ span: Span) throws -> Value {
    var places: [String: Int] = [:]
    var entries: [Value.Entry] = []
    for pair in pairs {
      let key: String
      switch try evaluate(pair.key) {
      case .string(let text), .word(let text): key = text
      // As JSON writes them.
      case .int(let value): key = "\(value)"
      case let other:
        throw Diagnostic("a key is a string, not \(other.kindText)", at: pair.key.span)
      }
      let value = try evaluate(pair.value)
      if let place = places[key] {
        entries[place].value = value
      } else {
        places[key] = entries.count
        entries.append(Value.Entry(key, value))
      }
    }
    try limitHeight(of: entries.map(\.value), span)
    return .dict(entries)
  }

  private func range(_ low: Value, _ high: Value, _ span: Span) throws -> Value {
    guard low.number != nil, high.number != nil else {
      throw Diagnostic(
        "a range goes from a number to a number, not from \(low.kindText) to \(high.kindText)", at: span)
    }
    return .range(low, high)
  }
}

extension Value {
  /// How deep lists and dicts lie within it. O(size).
  var height: Int {
    switch self {
    case .list(let values), .set(let values): 1 + (values.lazy.map(\.height).max() ?? 0)
    case .dict(let entries): 1 + (entries.lazy.map(\.value.height).max() ?? 0)
    case .call(_, let arguments, let keywords):
      1 + max(arguments.lazy.map(\.height).max() ?? 0, keywords.lazy.map(\.value.height).max() ?? 0)
    default: 0
    }
  }
}
