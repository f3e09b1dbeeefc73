import Language
import Search
import Vocabulary

/// Ranges inside the calls of a set: `{constant, cosine(min in log(1e-6..1e-3))}`.
///
/// Each becomes a parameter of its own, `cosine.min`, that is active with its call.
struct NestedRanges {
  let binder: ArgumentBinder
  /// The declaration of the parameter that has the set; nil for an external one.
  let option: Option?
  let name: String

  /// The set without the ranges, and the parameters that stand for them.
  func read(_ domain: Expression) throws -> (Expression, [Parameter]) {
    guard case .set(let elements, let span) = domain else { return (domain, []) }
    var parameters: [Parameter] = []
    let plain = try elements.map { element -> Expression in
      guard case .call(.name(let function, let functionSpan), let arguments, let whole) = element else {
        return element
      }
      let ranges = arguments.compactMap { argument -> (Word, Expression)? in
        guard argument.name == nil, case .binary("in", .name(let name, let span), let values, _) = argument.value else {
          return nil
        }
        return (Word(name, at: span), values)
      }
      if ranges.isEmpty { return element }
      let rest = arguments.filter {
        if $0.name == nil, case .binary("in", .name, _, _) = $0.value { false } else { true }
      }
      let call: Expression =
        rest.isEmpty
        ? .name(function, functionSpan) : .call(callee: .name(function, functionSpan), arguments: rest, whole)
      let choice = try DomainReader(binder: binder, option: option, name: name).element(call)
      for (argument, values) in ranges {
        let inner = "\(function).\(argument.text)"
        let read = try DomainReader(binder: binder, option: try self.inner(argument, of: function), name: inner)
          .read(values, step: nil)
        parameters.append(Parameter(inner, in: read, when: .compare(name, .equal, choice)))
      }
      return call
    }
    return (.set(plain, span), parameters)
  }

  private func inner(_ argument: Word, of function: String) throws -> Option? {
    guard let option else { return nil }
    let options = option.kind.calls.first { $0.name == function }?.options ?? []
    guard let found = options.first(where: { $0.name == argument.text }) else {
      throw binder.unknownParameter(argument, of: function, among: options.map(\.name))
    }
    return found
  }
}
