import Vocabulary

/// What there is to say about one word: gathered from its declaration, drawn as text, HTML or markdown.
struct HelpEntry: Sendable, Equatable {
  struct Parameter: Sendable, Equatable {
    var name: String
    /// What may stand there: "a whole number from 1 to 1000".
    var expectation: String
    /// As typed, or in words where it is worked out; nil where there is none.
    var standard: String?
    var help: String
  }

  var name: String
  /// What it is: "command", "schedule", "parameter of train".
  var kind: String
  var summary: String
  /// How it is written.
  var usage: String = ""
  var formula: String?
  var source: String?
  /// Values by position.
  var values: [Parameter] = []
  var parameters: [Parameter] = []
  var details = ""
  var examples: [String] = []
}

extension HelpEntry.Parameter {
  init(_ option: Option) {
    name = option.name
    expectation = option.kind.expectation
    standard = option.standard.map(\.description) ?? option.standardText
    help = option.help
  }
}

extension HelpEntry {
  init(_ command: Command) {
    let values = command.positionals.map { $0.isRequired ? $0.name.uppercased() : "[\($0.name.uppercased())]" }
    let more = command.repeatsLastPositional ? ["..."] : []
    self.init(
      name: command.name, kind: "command", summary: command.summary,
      usage: ([command.name] + values + more + (command.options.isEmpty ? [] : ["[key=value ...]"])).joined(
        separator: " "))
    self.values = command.positionals.map(Parameter.init)
    parameters = command.options.filter { $0.name != "*" }.map(Parameter.init)
    details = command.details
    if let any = command.options.first(where: { $0.name == "*" }) {
      details = ["NAME=VALUE: \(any.help)", details].filter { !$0.isEmpty }.joined(separator: "\n")
    }
    examples = command.examples
  }

  /// A call of a registry; `family` is the parameter that takes it: "schedule".
  init(_ syntax: Syntax, family: String) {
    let arguments = syntax.options.map { option in
      option.standard.map { "\(option.name)=\($0)" } ?? option.name
    }
    self.init(
      name: syntax.name, kind: family, summary: syntax.summary,
      usage: arguments.isEmpty ? syntax.name : "\(syntax.name)(" + arguments.joined(separator: ", ") + ")")
    formula = syntax.formula
    source = syntax.source
    parameters = syntax.options.map(Parameter.init)
    examples = syntax.example.map { [$0] } ?? []
  }

  /// One parameter; `owners` are the commands or calls that take it.
  init(_ option: Option, of owners: [String]) {
    self.init(
      name: option.name, kind: "parameter of " + owners.joined(separator: ", "), summary: option.help,
      usage: "\(option.name)=\(option.standard?.description ?? "VALUE")")
    details = option.kind.expectation
    if let standard = option.standard?.description ?? option.standardText { details += "; default: \(standard)" }
    // Each word or call with what it is, so that no second question is needed; of a long list Tab tells.
    values = (option.kind.calls + (option.meanings.count > 20 ? [] : option.meanings)).map {
      Parameter(name: $0.name, expectation: "", standard: nil, help: $0.summary)
    }
  }
}
