import Jupyter
import Language
import Vocabulary

/// An assignment that looks like a setting, `epochs = 3`: the variable is made, and one line says what to type instead.
struct AssignmentNote {
  private let program: Program
  private let source: Source
  private let isOfParameters: Bool

  init(_ program: Program, of cell: Cell) {
    self.program = program
    source = Source(cell.source)
    let tags = cell.metadata["tags"]?.array?.compactMap(\.string) ?? []
    let assignments = program.statements.count { if case .assignment = $0.kind { true } else { false } }
    // Papermill's cell has its comment; the tag comes only with clients that send a cell's metadata, so a cell of several
    // assignments and nothing else is taken for one of parameters as well.
    isOfParameters =
      tags.contains("parameters") || tags.contains("injected-parameters")
      || cell.source.drop(while: \.isWhitespace).hasPrefix("# Parameters")
      || assignments > 1 && assignments == program.statements.count
  }

  /// The note on the statement of this index; nil if its name is no setting, or if the session or a later line uses it.
  func note(at index: Int, isKnown: Bool) -> String? {
    guard !isOfParameters, !isKnown, case .assignment(let name, let value) = program.statements[index].kind,
      let setting = Self.setting(name.text, source.text(value.span)), !isRead(name.text, after: index)
    else { return nil }
    let isCommand = Commands.byName[name.text].map(\.positionals.isEmpty) ?? false
    return "'\(name.text)' is a variable now; write \(setting) to \(isCommand ? "use the command" : "set it")"
  }

  private func isRead(_ name: String, after index: Int) -> Bool {
    program.statements.dropFirst(index + 1).contains { statement in
      statement.kind.expressions.contains { expression in
        var isUsed = false
        expression.forEachName { used, _, _ in isUsed = isUsed || used == name }
        return isUsed
      }
    }
  }

  /// The line that sets it: `train epochs=3`, `set seed=5`, `data digits`.
  private static func setting(_ name: String, _ value: String) -> String? {
    let homes = ["set", "network", "train", "tune", "data"].compactMap { Commands.byName[$0] }
    if let home = homes.first(where: { $0.options.contains { $0.name == name } }) {
      return "\(home.name) \(name)=\(value)"
    }
    if let command = Commands.byName[name] {
      // `data = "digits"`; a command without such a first value is named alone: `train = 3`.
      return command.positionals.isEmpty ? name : "\(name) \(value)"
    }
    // A plain word such as width is too often a variable to be another program's parameter.
    guard name.contains("_") || name.count <= 3, let other = OtherName.parameter(name), other.names.count == 1,
      other.form == nil, other.names[0] != name
    else { return nil }
    return setting(other.names[0], value)
  }
}

extension Statement.Kind {
  /// The expressions whose names are looked up.
  fileprivate var expressions: [Expression] {
    switch self {
    case .command(let command):
      command.positionals + command.keywords.map(\.value) + command.block.flatMap(\.expressions)
    case .assignment(_, let value): [value]
    case .expression(let value): [value]
    case .assertion(let condition, let text): [condition] + (text.map { [$0] } ?? [])
    case .question: []
    }
  }
}

extension BlockLine {
  fileprivate var expressions: [Expression] {
    switch self {
    case .parameter(_, let domain, let step, let condition, _): [domain, step, condition].compactMap { $0 }
    case .constraint(let condition, _, _): [condition]
    }
  }
}
