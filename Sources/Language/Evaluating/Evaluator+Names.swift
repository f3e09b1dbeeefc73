extension Evaluator {
  /// A diagnostic for each name in value position that stands for nothing, in written order: the first of many.
  package func unknownNames(in expression: Expression) -> [Diagnostic] {
    var found: [Diagnostic] = []
    expression.forEachName { name, span, isCallee in
      if found.count >= Reader.mistakeLimit { return }
      if case .unknown = environment.lookup(name), Evaluator.constants[name] == nil {
        let isKnown =
          isCallee
          ? Builtins.names.contains(name) || environment.isWord(name)
          : keepsWords || environment.isWord(name)
        if !isKnown { found.append(isCallee ? unknownCall(name, span) : unknownName(name, span)) }
      }
    }
    return found
  }

  func unknownCall(_ name: String, _ span: Span) -> Diagnostic {
    let hint = environment.hint(forFunction: name)
    let near = hint == nil ? Suggestion.nearest(to: name, among: Builtins.names.sorted() + environment.names) : nil
    return Diagnostic(
      "unknown function '\(name)'", at: span, hint: hint ?? Suggestion.hint(near), fact: .unknownWord(near: near))
  }
}

extension Expression {
  /// Calls `visit` for every name that is looked up, with whether it is called; attributes and keys are no such names.
  package func forEachName(_ visit: (_ name: String, _ span: Span, _ isCallee: Bool) -> Void) {
    switch self {
    case .literal: break
    case .name(let name, let span): visit(name, span, false)
    case .list(let parts, _), .set(let parts, _): for part in parts { part.forEachName(visit) }
    case .dict(let pairs, _):
      for pair in pairs {
        pair.key.forEachName(visit)
        pair.value.forEachName(visit)
      }
    case .range(let left, let right, _), .binary(_, let left, let right, _), .element(let left, let right, _):
      left.forEachName(visit)
      right.forEachName(visit)
    case .chain(let first, let links, _):
      first.forEachName(visit)
      for link in links { link.operand.forEachName(visit) }
    case .call(let callee, let arguments, _):
      if case .name(let name, let span) = callee { visit(name, span, true) } else { callee.forEachName(visit) }
      for argument in arguments { argument.value.forEachName(visit) }
    case .attribute(let base, _, _): base.forEachName(visit)
    case .unary(_, let operand, _): operand.forEachName(visit)
    }
  }
}
