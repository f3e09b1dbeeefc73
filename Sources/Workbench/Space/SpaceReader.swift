import Language
import Search
import Vocabulary

/// Reads the lines of a `space` block as a search space.
///
/// A known parameter's declaration decides between int and float and checks the words; an external one is int if both
/// ends are written as ints.
struct SpaceReader {
  let binder: ArgumentBinder
  /// The declarations of what `network` and `train` take; empty for `space external`.
  let known: [Option]
  let isExternal: Bool

  init(binder: ArgumentBinder, known: [Option], isExternal: Bool) {
    self.binder = binder
    self.known = isExternal ? [] : known
    self.isExternal = isExternal
  }

  func read(_ lines: [BlockLine], at span: Span) throws -> SpaceDescription {
    var description = SpaceDescription(isExternal: isExternal)
    for case .parameter(let name, let domain, let step, let condition, let lineSpan) in lines {
      try Interrupting.check()
      if description.parameters.contains(where: { $0.name == name.text }) {
        throw Diagnostic("'\(name.text)' is in the space twice", at: name.span)
      }
      let line = ParameterLine(name: name, option: try option(for: name), domain: domain, step: step)
      let condition = try condition.map {
        try ConditionReader(binder: binder, earlier: description.parameters, known: known).read($0)
      }
      description.spans[name.text] = lineSpan
      try add(line, when: condition, to: &description)
    }
    for case .constraint(let expression, let text, _) in lines {
      description.constraints.append(try rule(expression, text, description))
    }
    guard !description.parameters.isEmpty else {
      throw Diagnostic(
        "the space is empty", at: span, hint: "give each parameter an indented line: learning_rate in log(1e-5..1)")
    }
    return description
  }

  /// A line's name and domain.
  private struct ParameterLine {
    let name: Word
    let option: Option?
    let domain: Expression
    let step: Expression?
  }

  private func add(_ line: ParameterLine, when condition: Condition?, to description: inout SpaceDescription) throws {
    let name = line.name.text
    let rules = RuleReader(binder: binder, parameters: description.parameters, known: known)
    let range = DependentRange(rules: rules, name: name)
    if let (domain, implied, text) = try range.read(line.domain) {
      let fixed = try DomainReader(binder: binder, option: line.option, name: name).read(domain, step: line.step)
      description.parameters.append(Parameter(name, in: fixed, when: condition))
      description.written[name] = text + (line.step.map { " step \($0.typed)" } ?? "")
      description.constraints += implied
      return
    }
    let calls = NestedRanges(binder: binder, option: line.option, name: name)
    let (domain, nested) = try calls.read(line.domain)
    let read = try DomainReader(binder: binder, option: line.option, name: name).read(domain, step: line.step)
    description.parameters.append(Parameter(name, in: read, when: condition))
    if nested.isEmpty { return }
    description.written[name] = line.domain.typed
    for parameter in nested {
      if description.parameters.contains(where: { $0.name == parameter.name }) {
        throw Diagnostic("'\(parameter.name)' is in the space twice", at: line.domain.span)
      }
      description.parameters.append(parameter)
      description.nested.insert(parameter.name)
    }
  }

  private func option(for name: Word) throws -> Option? {
    if isExternal { return nil }
    if let option = known.first(where: { $0.name == name.text }) { return option }
    if let layer = NetworkSettings.layerIndex(name.text) {
      guard (0..<NetworkSettings.mostLayers).contains(layer) else {
        throw Diagnostic(
          "there is no hidden layer \(layer)", at: name.span,
          hint: "use hidden[0] to hidden[\(NetworkSettings.mostLayers - 1)]")
      }
      return known.first { $0.name == "neurons" }
    }
    let near = OtherName.nearestParameter(to: name.text, among: known.map(\.name))
    throw Diagnostic(
      "unknown parameter '\(name.text)'", at: name.span,
      hint: near.map { "did you mean '\($0)'?" }
        ?? "a space holds parameters of network and train; 'space external' takes any names")
  }

  /// A constraint may name the parameters, what else has a value in a configuration, and what a network is measured by.
  private func rule(_ expression: Expression, _ text: String, _ description: SpaceDescription) throws
    -> SpaceDescription.Rule
  {
    let measures = (isExternal ? [] : SpaceDescription.measures) + RuleMeaning.metrics(isExternal: isExternal)
    let reader = RuleReader(binder: binder, parameters: description.parameters, known: known, measures: measures)
    let meaning = try reader.read(expression)
    let parameters = Set(meaning.freeNames.map(\.0))
    if parameters.isEmpty {
      throw Diagnostic("a rule names at least one parameter", at: expression.span)
    }
    // A variable's value stands in the rule: another session does not know the variable.
    let hasVariables = Set(expression.freeNames.map(\.0)).subtracting(parameters).contains(
      where: binder.scope.isVariable)
    // Calls stand as texts in a rule that is kept.
    let isKept = !hasVariables && (try? StoredRule.expression(text)) != nil
    return .init(text: isKept ? text : meaning.typed, expression: meaning)
  }
}

extension Expression {
  /// The names that are looked up, with their spans; functions are not.
  var freeNames: [(String, Span)] {
    var found: [(String, Span)] = []
    forEachName { name, span, isCallee in if !isCallee { found.append((name, span)) } }
    return found
  }
}
