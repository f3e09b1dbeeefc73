import Language
import Search
import Vocabulary

/// A range whose ends depend on earlier parameters: `8..hidden[0]`, `log(1e-5..learning_rate)`.
///
/// It becomes the widest range that the ends come to, and a rule for each end that depends.
struct DependentRange {
  let rules: RuleReader
  let name: String

  /// The range, its rules and its text; nil if it depends on nothing.
  func read(_ domain: Expression) throws -> (Expression, [SpaceDescription.Rule], String)? {
    if case .call(.name("log", let span), let arguments, let whole) = domain, arguments.count == 1,
      let (range, implied, text) = try read(arguments[0].value)
    {
      let call = Expression.call(callee: .name("log", span), arguments: [.init(value: range)], whole)
      return (call, implied, "log(\(text))")
    }
    guard case .range(let low, let high, let span) = domain else { return nil }
    let (least, most) = (try depends(low), try depends(high))
    if least == nil && most == nil { return nil }
    let range = Expression.range(
      try least.map { try bound($0, at: low.span, isLow: true) } ?? low,
      try most.map { try bound($0, at: high.span, isLow: false) } ?? high, span)
    let implied = [(">=", least, low.span), ("<=", most, high.span)].compactMap { sign, end, span in
      end.map { end in
        let rule = Expression.binary(sign, .name(name, span), end, span)
        return SpaceDescription.Rule(text: rule.typed, expression: rule, isImplied: true)
      }
    }
    return (range, implied, "\((least ?? low).typed)..\((most ?? high).typed)")
  }

  /// The end in names and values, if it names a parameter.
  private func depends(_ end: Expression) throws -> Expression? {
    var isFound = rules.parameterName(end) != nil
    _ = end.mapped { part in
      if let name = rules.parameterName(part), rules.parameters.contains(where: { $0.name == name }) { isFound = true }
      return nil
    }
    guard isFound else { return nil }
    let meaning = try rules.read(end)
    for (name, span) in meaning.freeNames where !rules.parameters.contains(where: { $0.name == name }) {
      throw Diagnostic("a range depends on parameters of earlier lines, and '\(name)' is not one", at: span)
    }
    return meaning
  }

  /// The least or the greatest that the end comes to: at the ends of the parameters in it.
  private func bound(_ end: Expression, at span: Span, isLow: Bool) throws -> Expression {
    let formula = try ConditionReader.formula(end)
    let names = Array(Set(formula.names)).sorted()
    guard names.count <= 6 else { throw Diagnostic("a range's end depends on at most six parameters", at: span) }
    var corners: [Point] = [[:]]
    for name in names {
      let values = rules.parameters.first { $0.name == name }?.domain.ends ?? []
      corners = corners.flatMap { corner in values.map { corner.merging([name: $0]) { $1 } } }
    }
    let values = corners.compactMap { formula.value(in: $0) }.filter { $0.number?.isFinite ?? false }
    let sorted = values.sorted { ($0.number ?? 0) < ($1.number ?? 0) }
    guard let value = isLow ? sorted.first : sorted.last else {
      throw Diagnostic("the end of a range is a number", at: span)
    }
    return .literal(value.value, span)
  }
}

extension Domain {
  /// The least and the greatest value; nothing if they are not numbers.
  var ends: [ParameterValue] {
    switch self {
    case .int(let low, let high, _, _): return [.int(low), .int(high)]
    case .float(let low, let high, _, _): return [.float(low), .float(high)]
    case .categorical(let choices, _):
      let numbers = choices.filter(\.isNumber).sorted { ($0.number ?? 0) < ($1.number ?? 0) }
      return [numbers.first, numbers.last].compactMap { $0 }
    }
  }
}
