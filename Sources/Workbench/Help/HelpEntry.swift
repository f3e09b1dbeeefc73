import NeuralNetworks
import Search
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
    /// Where else it is declared: `train` of a parameter that `tune` takes as well; empty for a command's own.
    var home = ""
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
    let own = option.standard.map(\.description) ?? option.standardText
    standard = option.isOfOptimizers ? OptimizerDefaults.text(option.name) ?? own : own
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
    parameters = command.options.filter { $0.name != "*" }.map { option in
      var parameter = Parameter(option)
      parameter.home = Self.home(of: option, in: command)
      return parameter
    }
    details = command.details
    if let any = command.options.first(where: { $0.name == "*" }) {
      details = ["NAME=VALUE: \(any.help)", details].filter { !$0.isEmpty }.joined(separator: "\n\n")
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
    if family == "sampler", let sampler = Samplers.all.first(where: { $0.syntax.name == syntax.name }) {
      details = "Use it for: " + sampler.use.sentence
    }
  }

  /// One parameter; `owners` are the commands or calls that take it.
  init(_ option: Option, of owners: [String]) {
    self.init(
      name: option.name, kind: "parameter of " + owners.joined(separator: ", "), summary: option.help,
      usage: "\(option.name)=\(option.standard?.description ?? "VALUE")")
    details = option.kind.expectation
    if let standard = Parameter(option).standard { details += "; default: \(standard)" }
    // Each word or call with what it is, so that no second question is needed; of a long list Tab tells.
    values = (option.kind.calls + (option.meanings.count > 20 ? [] : option.meanings)).map {
      Parameter(name: $0.name, expectation: "", standard: nil, help: $0.summary)
    }
    if option.meanings.count > 20 { values = Self.metrics(option.meanings) }
  }

  /// Names of metrics, by the rows that they are measured on.
  private static func metrics(_ meanings: [Syntax]) -> [Parameter] {
    let splits = [("val_", "validation"), ("train_", "training"), ("test_", "test")].map { prefix, rows in
      let names = meanings.map(\.name).filter { $0.hasPrefix(prefix) }.map { $0.dropFirst(prefix.count) }
      return Parameter(
        name: prefix + "...", expectation: "", standard: nil,
        help: "on the \(rows) rows: " + names.joined(separator: ", "))
    }
    let others = meanings.filter { meaning in !["val_", "train_", "test_"].contains { meaning.name.hasPrefix($0) } }
    return splits + others.map { Parameter(name: $0.name, expectation: "", standard: nil, help: $0.summary) }
  }

  /// The command that declares an option of another one, or the optimizers; empty for its own.
  private static func home(of option: Option, in command: Command) -> String {
    if command.name == "train", option.isOfOptimizers, option.standard != nil { return "some optimizers" }
    for owner in ["network", "train"] where owner != command.name {
      if command.name == "network" { break }
      if Commands.byName[owner]?.options.contains(where: { $0.name == option.name && $0.help == option.help }) == true {
        return owner
      }
    }
    return ""
  }

  /// The parameters by where they are declared, the command's own first.
  var sections: [(title: String, parameters: [Parameter])] {
    let homes = parameters.reduce(into: [String]()) { if !$0.contains($1.home) { $0.append($1.home) } }.sorted {
      $0.isEmpty && !$1.isEmpty
    }
    return homes.map { home in
      (home.isEmpty ? "parameters" : "parameters of \(home)", parameters.filter { $0.home == home })
    }
  }

  /// The details as paragraphs: lines that the source wraps flow together.
  var paragraphs: [String] {
    details.split(separator: "\n\n").map { $0.split(separator: "\n").joined(separator: " ") }
  }
}

extension Option {
  /// Whether an optimizer takes it, or has its default.
  fileprivate var isOfOptimizers: Bool {
    ["learning_rate", "weight_decay"].contains(name) && standard == nil
      || Optimizers.syntaxes.contains { $0.options.contains { $0.name == name && $0.help == help } }
  }
}
