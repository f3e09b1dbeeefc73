import Language
import Search
import Vocabulary

/// Reads a domain: `1..4`, `log(1e-5..1)`, `{relu, tanh}`, `0.0..0.5 step 0.1`.
struct DomainReader {
  let binder: ArgumentBinder
  /// The declaration of the parameter; nil for an external one.
  let option: Option?
  let name: String

  func read(_ expression: Expression, step: Expression?) throws -> Domain {
    switch expression {
    case .set(let elements, let span):
      if let step { throw Diagnostic("a set takes no step", at: step.span) }
      return try set(elements, span)
    case .call(.name("log", _), let arguments, let span):
      guard arguments.count == 1, arguments[0].name == nil else {
        throw Diagnostic("log takes one range", at: span, hint: "for example log(1e-5..1)")
      }
      return try range(arguments[0].value, step: step, isLog: true)
    case .range: return try range(expression, step: step, isLog: false)
    default:
      let value = try binder.scope.value(of: expression)
      switch value {
      case .range: return try range(.literal(value, expression.span), step: step, isLog: false)
      case .set(let values), .list(let values):
        return try set(values.map { .literal($0, expression.span) }, expression.span)
      default: break
      }
      throw Diagnostic(
        "'\(name)' needs a domain", at: expression.span, hint: "a range 1..4, log(1e-5..1), or a set {a, b, c}")
    }
  }

  // MARK: Ranges

  private func range(_ expression: Expression, step: Expression?, isLog: Bool) throws -> Domain {
    guard case .range(let low, let high) = try rangeValue(expression) else {
      throw Diagnostic("log takes a range", at: expression.span, hint: "for example log(1e-5..1)")
    }
    guard let lowest = low.number, let highest = high.number else {
      throw Diagnostic("the ends of a range are numbers", at: expression.span)
    }
    let domain: Domain
    if try integerness(low, high, expression), case .int(let first) = low, case .int(let last) = high {
      let width = try step.map { try number($0, .int(1 ... .max), "the step of \(name)").int! } ?? 1
      domain = .int(low: first, high: last, step: width, log: isLog)
    } else {
      let width = try step.map { try number($0, .float(.positive), "the step of \(name)").float! }
      domain = .float(low: lowest, high: highest, step: width, log: isLog)
    }
    try check(lowest, highest, isLog, step, expression)
    try checkEnds([low, high], expression)
    return domain
  }

  private func rangeValue(_ expression: Expression) throws -> Value {
    if case .range(let low, let high, _) = expression {
      return .range(try binder.scope.value(of: low), try binder.scope.value(of: high))
    }
    return try binder.scope.value(of: expression)
  }

  private func number(_ expression: Expression, _ kind: Option.Kind, _ subject: String) throws -> Vocabulary.Argument {
    try binder.bind(expression, to: kind, subject)
  }

  private func integerness(_ low: Value, _ high: Value, _ expression: Expression) throws -> Bool {
    let bothAreInts = low.isInt && high.isInt
    guard let option else { return bothAreInts }
    switch option.kind.numberKind {
    case .int?:
      guard bothAreInts else {
        throw Diagnostic("\(name) is a whole number, so are the ends of its range", at: expression.span)
      }
      return true
    case .float?: return false
    case nil:
      throw Diagnostic(
        "'\(name)' is not a number", at: expression.span,
        hint: "give a set of values: {\(option.kind.words.prefix(3).joined(separator: ", "))}")
    }
  }

  private func check(_ low: Double, _ high: Double, _ isLog: Bool, _ step: Expression?, _ expression: Expression) throws
  {
    guard low.isFinite && high.isFinite else { throw Diagnostic("a range has finite ends", at: expression.span) }
    guard low <= high else {
      throw Diagnostic(
        "the range of \(name) is empty: its low end is above its high end", at: expression.span,
        hint: "did you mean \(Value.shortest(high))..\(Value.shortest(low))?")
    }
    guard isLog else { return }
    guard low > 0 else {
      throw Diagnostic(
        "a log range starts above 0", at: expression.span, hint: "for example log(1e-5..\(Value.shortest(high)))")
    }
    if let step { throw Diagnostic("a log range takes no step", at: step.span) }
  }

  /// The ends must be values that the parameter may take.
  private func checkEnds(_ ends: [Value], _ expression: Expression) throws {
    guard let option else { return }
    for end in ends {
      guard let number = end.number, !option.kind.admits(number) else { continue }
      throw Diagnostic("\(name) is \(option.kind.expectation), not \(end.summary)", at: expression.span)
    }
  }

  // MARK: Sets

  private func set(_ elements: [Expression], _ span: Span) throws -> Domain {
    guard !elements.isEmpty else { throw Diagnostic("the set of \(name) is empty", at: span) }
    var values: [ParameterValue] = []
    var met: Set<ParameterValue> = []
    for (index, element) in elements.enumerated() {
      if index % 1024 == 0 { try Interrupting.check() }
      let value = try self.element(element)
      if !met.insert(value).inserted {
        throw Diagnostic("'\(value)' appears twice in the set for '\(name)'", at: element.span)
      }
      values.append(value)
    }
    let isOrdered = values.allSatisfy(\.isNumber)
    return .categorical(values, ordered: isOrdered)
  }

  /// One value of a set.
  func element(_ expression: Expression) throws -> ParameterValue {
    if let option {
      return ParameterValue(try binder.bind(expression, to: option.kind, name))
    }
    // In an external space unquoted words are strings.
    if case .name(let word, _) = expression, !binder.scope.isVariable(word) { return .text(word) }
    let value = try binder.scope.value(of: expression)
    guard let argument = Vocabulary.Argument(value) else {
      throw Diagnostic("\(value.summary) cannot stand in a set", at: expression.span)
    }
    return ParameterValue(argument)
  }
}
