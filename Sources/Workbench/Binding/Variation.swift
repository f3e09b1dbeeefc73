import Language
import Vocabulary

/// `neurons in {32, 128, 512}` on the line of a command: a setting and the values that it takes in turn.
package struct Variation: Sendable {
  package var name: Word
  package var values: [Vocabulary.Argument]
  package var span: Span

  /// Reads a value of a command as a variation; nil if it is not one. Throws a diagnostic for one that cannot be run through.
  init?(_ expression: Expression, of command: Command, _ binder: ArgumentBinder) throws {
    guard case .binary("in", let left, let right, let span) = expression,
      let written = left.dottedOrIndexedName ?? left.bareWord
    else { return nil }
    name = Word(written, at: left.span)
    self.span = span
    guard let option = command.options.first(where: { $0.name == written }) ?? Hyperparameters.option(written),
      option.name == "seed" || NetworkSettings.layerIndex(written) != nil || Hyperparameters.names.contains(written)
    else {
      throw binder.unknownParameter(name, of: command.name, among: Hyperparameters.all.map(\.name))
    }
    values = []
    for element in try Self.elements(right, name: written, command, binder) {
      let value = try binder.bind(element, to: option.kind, Subject(option.name, of: command.name))
      if values.contains(value) {
        throw Diagnostic("'\(value.printed)' appears twice in the set for '\(written)'", at: element.span)
      }
      values.append(value)
    }
    if values.isEmpty { throw Diagnostic("the set for '\(written)' is empty", at: right.span) }
  }

  /// What stands in the braces, or in a variable that holds a set or a list.
  private static func elements(
    _ right: Expression, name: String, _ command: Command, _ binder: ArgumentBinder
  ) throws -> [Expression] {
    switch right {
    case .set(let elements, _), .list(let elements, _): return elements
    case .name(let word, _) where binder.scope.isVariable(word):
      switch try binder.scope.value(of: right) {
      case .set(let values), .list(let values): return values.map { .literal($0, right.span) }
      default: break
      }
    default: break
    }
    throw Diagnostic(
      "\(command.name) takes \(name) in a set of values, one run for each", at: right.span,
      hint: "\(example(right, name)), or use tune to search a range")
  }

  /// A short range of whole numbers is written out.
  private static func example(_ right: Expression, _ name: String) -> String {
    if case .range(.literal(.int(let low), _), .literal(.int(let high), _), _) = right, low < high, high - low < 10 {
      return "write \(name) in {\((low...high).map(String.init).joined(separator: ", "))}"
    }
    return "write \(name) in {a, b, c}"
  }
}

extension [Variation] {
  /// Every combination, the last setting varying fastest. O(product of the sets).
  var combinations: [[(name: String, value: Vocabulary.Argument)]] {
    reduce([[]]) { all, variation in
      all.flatMap { start in variation.values.map { start + [(variation.name.text, $0)] } }
    }
  }

  /// How many combinations there are; nil beyond `Int`.
  var runs: Int? {
    reduce(1 as Int?) { product, variation in
      product.flatMap { product in
        let (next, overflow) = product.multipliedReportingOverflow(by: variation.values.count)
        return overflow ? nil : next
      }
    }
  }
}
