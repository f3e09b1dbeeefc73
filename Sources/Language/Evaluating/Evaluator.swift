import Vocabulary

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
  /// Numbers, texts and lists in a value, each counted as often as it occurs: `x = [x, x]` doubles them, although they
  /// are kept once, and whoever prints or compares the value meets every one.
  static let partLimit = 1_000_000

  /// Thrown where a value is not known before the cell runs.
  struct Later: Error {}

  /// The value; throws a `Diagnostic`, or what a session object threw that is not a `ValueError`.
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
    var values: [Value] = []
    values.reserveCapacity(parts.count)
    for (index, part) in parts.enumerated() {
      if index % 1024 == 0 { try Interrupting.check() }
      values.append(try evaluate(part))
    }
    try limitSize(of: values, span)
    return values
  }

  func limitSize(of values: [Value], _ span: Span) throws {
    var parts = Evaluator.partLimit
    for value in values {
      let height = value.height(counting: &parts)
      if parts < 0 {
        throw Diagnostic(
          "the value would have more than \(Evaluator.partLimit) parts", at: span,
          hint: "write its parts to a file instead")
      }
      if height >= Evaluator.heightLimit { throw Diagnostic("nested too deeply", at: span) }
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
    try limitSize(of: entries.map(\.value), span)
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
  /// How deep lists and dicts lie within it; `parts` is lowered by what they hold and ends the walk below 0.
  func height(counting parts: inout Int) -> Int {
    func highest(_ values: some Sequence<Value>) -> Int {
      var height = 0
      for value in values where parts >= 0 { height = max(height, value.height(counting: &parts)) }
      return height
    }
    parts -= 1
    switch self {
    case .list(let values), .set(let values): return 1 + highest(values)
    case .dict(let entries): return 1 + highest(entries.lazy.map(\.value))
    case .call(_, let arguments, let keywords):
      return 1 + max(highest(arguments), highest(keywords.lazy.map(\.value)))
    case .string(let text), .word(let text): parts -= text.utf8.count / 16
    // What it will hold when it is looked into.
    case .object: parts -= 1_000
    default: break
    }
    return 0
  }
}
