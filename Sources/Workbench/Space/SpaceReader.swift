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

  func read(_ lines: [BlockLine], at span: Span) throws -> SpaceDescription {
    var description = SpaceDescription(isExternal: isExternal)
    for line in lines {
      switch line {
      case .parameter(let name, let domain, let step, let condition, let lineSpan):
        if description.parameters.contains(where: { $0.name == name.text }) {
          throw Diagnostic("'\(name.text)' is in the space twice", at: name.span)
        }
        let option = try option(for: name)
        let condition = try condition.map {
          try ConditionReader(binder: binder, earlier: description.parameters, known: known).read($0)
        }
        let read = try DomainReader(binder: binder, option: option, name: name.text).read(domain, step: step)
        description.parameters.append(Parameter(name.text, in: read, when: condition))
        description.spans[name.text] = lineSpan
      case .constraint(let expression, let text, _):
        try checkConstraint(expression, description)
        description.constraints.append(.init(text: text, expression: expression))
      }
    }
    guard !description.parameters.isEmpty else {
      throw Diagnostic(
        "the space is empty", at: span, hint: "give each parameter an indented line: learning_rate in log(1e-5..1)")
    }
    return description
  }

  private func option(for name: Word) throws -> Option? {
    if isExternal { return nil }
    if let option = known.first(where: { $0.name == name.text }) { return option }
    if let bracket = name.text.firstIndex(of: "["), name.text[..<bracket] == "hidden" {
      return known.first { $0.name == "neurons" }
    }
    let near = OtherName.nearestParameter(to: name.text, among: known.map(\.name))
    throw Diagnostic(
      "unknown parameter '\(name.text)'", at: name.span,
      hint: near.map { "did you mean '\($0)'?" }
        ?? "a space holds parameters of network and train; 'space external' takes any names")
  }

  /// A constraint may name the parameters, and what a network is measured by (`parameters`).
  private func checkConstraint(_ expression: Expression, _ description: SpaceDescription) throws {
    let names = description.parameters.map(\.name) + (isExternal ? [] : known.map(\.name) + SpaceDescription.measures)
    for (name, span) in expression.freeNames where !names.contains(name) && !binder.scope.isVariable(name) {
      let near = Suggestion.nearest(to: name, among: names)
      throw Diagnostic("unknown name '\(name)' in a constraint", at: span, hint: near.map { "did you mean '\($0)'?" })
    }
  }
}

/// A space as it was said: what `space` shows and what a study keeps.
package struct SpaceDescription: Sendable {
  package struct Rule: Sendable {
    package var text: String
    package var expression: Expression
  }

  package var isExternal = false
  package var parameters: [Parameter] = []
  package var constraints: [Rule] = []
  /// Where each parameter was said, for later diagnostics of the same cell.
  package var spans: [String: Span] = [:]

  /// What a constraint may name besides parameters: measures of the network a configuration describes.
  package static let measures = ["parameters"]
}

extension Expression {
  /// The names that are looked up, with their spans.
  var freeNames: [(String, Span)] {
    var found: [(String, Span)] = []
    forEachName { name, span, _ in found.append((name, span)) }
    return found
  }
}
