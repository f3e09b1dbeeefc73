import Jupyter
import Language

/// A value given to a script from outside, `name=value`: a number, text, list or other literal as it is, anything else as a text.
package struct ScriptParameter: Sendable {
  package let name: String
  private let value: String

  package struct Malformed: Error, CustomStringConvertible {
    package var description: String
  }

  package init(_ text: String) throws(Malformed) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { throw Malformed(description: "'\(text)' is not name=value") }
    let parser = Parser(Workbench.grammar)
    guard case .name(let name, _)? = try? parser.parseExpression(String(parts[0])) else {
      throw Malformed(description: "'\(parts[0])' is not a name")
    }
    self.name = name
    let written = String(parts[1])
    let isLiteral = (try? parser.parseExpression(written)).map(Self.isLiteral) ?? false
    value = isLiteral ? written : Value.quoted(written)
  }

  private static func isLiteral(_ expression: Expression) -> Bool {
    switch expression {
    case .literal: true
    case .list(let items, _), .set(let items, _): items.allSatisfy(isLiteral)
    case .dict(let pairs, _): pairs.allSatisfy { isLiteral($0.key) && isLiteral($0.value) }
    case .range(let low, let high, _): isLiteral(low) && isLiteral(high)
    case .unary(_, let operand, _): isLiteral(operand)
    default: false
    }
  }

  /// The cells with these values set: after the cell tagged `parameters`, whose defaults they replace; without one, first.
  /// In a file of commands the assignments that it begins with are that cell.
  package static func set(_ parameters: [ScriptParameter], in cells: [Notebook.CodeCell]) -> [Notebook.CodeCell] {
    if parameters.isEmpty { return cells }
    let lines = parameters.map { "\($0.name) = \($0.value)" }.joined(separator: "\n")
    let injected = Notebook.CodeCell(source: lines, metadata: ["tags": ["injected-parameters"]])
    let place = cells.firstIndex { $0.tags.contains("parameters") }.map { $0 + 1 } ?? 0
    return cells[..<place] + [injected] + cells[place...]
  }

  /// A file of commands as two cells, the assignments that it begins with and the rest; lines keep their numbers.
  package static func split(_ source: String) -> [Notebook.CodeCell] {
    let text = Source(source)
    let (program, _) = Parser(Workbench.grammar).parse(text)
    let defaults = program.statements.prefix { if case .assignment = $0.kind { true } else { false } }
    guard let last = defaults.last else { return [Notebook.CodeCell(source: source)] }
    let line = text.line(of: last.span.end - 1)
    let end = text.span(ofLine: line).end
    // A statement after it on the same line would be in both cells.
    guard program.statements.dropFirst(defaults.count).first.map({ $0.span.start > end }) ?? true else {
      return [Notebook.CodeCell(source: source)]
    }
    return [
      Notebook.CodeCell(source: text.text(Span(0, end)), metadata: ["tags": ["parameters"]]),
      Notebook.CodeCell(source: String(repeating: "\n", count: line - 1) + text.text(Span(end, text.count))),
    ]
  }
}
