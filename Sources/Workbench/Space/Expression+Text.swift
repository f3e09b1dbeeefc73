import Language
import Search

extension Expression {
  /// As it is typed, with brackets where the order of operations needs them: reading it back gives the same expression.
  var typed: String {
    switch self {
    case .literal(let value, _): return value.description
    case .name(let name, _): return ParameterName.typed(name)
    case .list(let parts, _): return "[" + parts.map(\.typed).joined(separator: ", ") + "]"
    case .set(let parts, _): return "{" + parts.map(\.typed).joined(separator: ", ") + "}"
    case .dict(let pairs, _):
      return "{" + pairs.map { "\($0.key.typed): \($0.value.typed)" }.joined(separator: ", ") + "}"
    case .range(let low, let high, _): return "\(low.bracketed)..\(high.bracketed)"
    case .call(let callee, let arguments, _):
      return callee.typed + "("
        + arguments.map { ($0.name.map { $0.text + "=" } ?? "") + $0.value.typed }.joined(separator: ", ") + ")"
    case .attribute(let base, let name, _): return "\(base.bracketed).\(name.text)"
    case .element(let base, let index, _): return "\(base.bracketed)[\(index.typed)]"
    case .unary(let sign, let operand, _): return (sign == "not" ? "not " : sign) + operand.bracketed
    case .binary(let sign, let left, let right, _): return "\(left.bracketed) \(sign) \(right.bracketed)"
    case .chain(let first, let links, _):
      return first.bracketed + links.map { " \($0.sign) \($0.operand.bracketed)" }.joined()
    }
  }

  private var bracketed: String {
    switch self {
    case .binary, .chain, .range: "(\(typed))"
    case .unary("not", _, _): "(\(typed))"
    default: typed
    }
  }

  /// The same with every part that `replace` has something for replaced, from the outside in.
  func mapped(_ replace: (Expression) throws -> Expression?) rethrows -> Expression {
    if let replaced = try replace(self) { return replaced }
    switch self {
    case .literal, .name, .attribute: return self
    case .list(let parts, let span): return .list(try parts.map { try $0.mapped(replace) }, span)
    case .set(let parts, let span): return .set(try parts.map { try $0.mapped(replace) }, span)
    case .dict: return self
    case .range(let low, let high, let span): return .range(try low.mapped(replace), try high.mapped(replace), span)
    case .call(let callee, let arguments, let span):
      let mapped = try arguments.map { Argument(name: $0.name, value: try $0.value.mapped(replace)) }
      return .call(callee: callee, arguments: mapped, span)
    case .element(let base, let index, let span):
      return .element(try base.mapped(replace), index: try index.mapped(replace), span)
    case .unary(let sign, let operand, let span): return .unary(sign, try operand.mapped(replace), span)
    case .binary(let sign, let left, let right, let span):
      return .binary(sign, try left.mapped(replace), try right.mapped(replace), span)
    case .chain(let first, let links, let span):
      return .chain(try first.mapped(replace), try links.map { Link($0.sign, try $0.operand.mapped(replace)) }, span)
    }
  }
}
