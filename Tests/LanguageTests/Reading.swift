import Language

/// The commands of these tests. Language knows none by name; these are enough for every form.
let grammar = Grammar(
  commands: ["train", "print", "tell", "trials", "space", "best", "plot", "study", "help", "data", "tune", "enqueue"],
  blockCommands: ["space"])

/// What was read, one line a statement, fully bracketed: the expectation of most tests.
func read(_ text: String) -> String {
  let (program, diagnostics) = Parser(grammar).parse(text)
  if !diagnostics.isEmpty { return diagnostics.map { "! " + $0.sentence }.joined(separator: "\n") }
  return program.statements.map { $0.shape }.joined(separator: "\n")
}

/// Mistakes with their spans: `12..<15 message; hint`.
func mistakes(_ text: String) -> [String] {
  let source = Source(text)
  return Parser(grammar).parse(source).1.map { "[\(source.text($0.span))] \($0.sentence)" }
}

extension Statement {
  var shape: String {
    let shape =
      switch kind {
      case .command(let command): command.shape
      case .assignment(let name, let value): "\(name.text) = \(value.shape)"
      case .expression(let value): value.shape
      case .assertion(let condition, let text): "assert \(condition.shape)" + (text.map { ", \($0.shape)" } ?? "")
      case .question(let word): "?\(word.text)"
      }
    return shape + (hidesResult ? " ;" : "")
  }
}

extension Command {
  var shape: String {
    let parts = [verb.text] + positionals.map(\.shape) + keywords.map { "\($0.key.text)=\($0.value.shape)" }
    return (["<" + parts.joined(separator: " | ") + ">"] + block.map { "  " + $0.shape }).joined(separator: "\n")
  }
}

extension BlockLine {
  var shape: String {
    switch self {
    case .parameter(let name, let domain, let step, let condition, _):
      "\(name.text) in \(domain.shape)" + (step.map { " step \($0.shape)" } ?? "")
        + (condition.map { " when \($0.shape)" } ?? "")
    case .constraint(let condition, let text, _): "subject to \(condition.shape) [\(text)]"
    }
  }
}

extension Expression {
  var shape: String {
    switch self {
    case .literal(let value, _): value.description
    case .name(let name, _): name
    case .list(let parts, _): "[" + parts.map(\.shape).joined(separator: ", ") + "]"
    case .dict(let pairs, _): "{" + pairs.map { "\($0.key.shape): \($0.value.shape)" }.joined(separator: ", ") + "}"
    case .set(let parts, _): "{" + parts.map(\.shape).joined(separator: ", ") + "}"
    case .range(let low, let high, _): "\(low.shape)..\(high.shape)"
    case .call(let callee, let arguments, _):
      callee.shape + "("
        + arguments.map { ($0.name.map { $0.text + "=" } ?? "") + $0.value.shape }.joined(separator: ", ") + ")"
    case .attribute(let base, let name, _): "\(base.shape).\(name.text)"
    case .element(let base, let index, _): "\(base.shape)[\(index.shape)]"
    case .unary(let sign, let operand, _): "(\(sign) \(operand.shape))"
    case .binary(let sign, let left, let right, _): "(\(left.shape) \(sign) \(right.shape))"
    case .chain(let first, let links, _): links.reduce(first.shape) { "(\($0) \($1.sign) \($1.operand.shape))" }
    }
  }
}
