import Language
import Vocabulary

/// Everything that can be asked about, by word. Built once, from the declarations alone.
enum HelpIndex {
  /// Commands first, then calls, parameters, plots, functions and words of values.
  static let entries: [String: [HelpEntry]] = {
    var found: [String: [HelpEntry]] = [:]
    for entry in commands + calls { found[entry.name, default: []].append(entry) }
    for (name, entry) in parameters { found[name, default: []].append(entry) }
    for entry in plots + functions + grammar { found[entry.name, default: []].append(entry) }
    for (family, meaning) in meanings { found[meaning.name, default: []].append(HelpEntry(meaning, family: family)) }
    for (word, entry) in values where found[word] == nil { found[word, default: []].append(entry) }
    return found
  }()

  static let words: [String] = entries.keys.sorted()

  /// The entries of a word; `train.epochs`, `step.factor` and `plot loss` are asked in two words.
  static func entries(for words: [String]) -> [HelpEntry] {
    guard let first = words.first else { return [] }
    if words.count == 1 { return entries[first] ?? HelpTopics.entries(for: words) }
    let name = words[1]
    if first == "plot", let plot = plots.first(where: { $0.name == name }) { return [plot] }
    if first == "network", let recipe = Recipes.named(name) { return [HelpEntry(recipe)] }
    if let command = Commands.byName[first],
      let option = (command.options + command.positionals).first(where: { $0.name == name })
    {
      return [HelpEntry(option, of: [first])]
    }
    if let syntax = syntaxes.first(where: { $0.syntax.name == first })?.syntax,
      let option = syntax.options.first(where: { $0.name == name })
    {
      return [HelpEntry(option, of: [first])]
    }
    return HelpTopics.entries(for: words)
  }

  static let commands = Commands.all.map { HelpEntry($0) }

  /// Every call that some parameter takes, with that parameter's name; a call of two registries stands twice.
  static let syntaxes: [(family: String, syntax: Syntax)] = {
    var seen: Set<String> = []
    var found: [(String, Syntax)] = []
    func add(_ option: Option, depth: Int) {
      for syntax in option.kind.calls where seen.insert("\(option.name) \(syntax.name) \(syntax.summary)").inserted {
        if !found.contains(where: { $0.1.name == syntax.name && $0.1.summary == syntax.summary }) {
          found.append((option.name, syntax))
        }
        if depth < 2 { for inner in syntax.options { add(inner, depth: depth + 1) } }
      }
    }
    for command in Commands.all { for option in command.positionals + command.options { add(option, depth: 0) } }
    return found
  }()

  private static let calls = syntaxes.map { HelpEntry($0.syntax, family: $0.family) }

  /// The words of closed lists that have a meaning of their own, with their parameter's name: `relu` of activation.
  static let meanings: [(family: String, syntax: Syntax)] = {
    var seen: Set<String> = []
    return Commands.all.flatMap(\.options).filter { seen.insert($0.name).inserted }.flatMap { option in
      option.meanings.map { (option.name, $0) }
    }
  }()

  static let plots = PlotKind.all.map {
    HelpEntry(
      name: $0.name, kind: "plot", summary: $0.help, usage: "plot \($0.name)\($0.subject.rawValue)", examples: [])
  }

  static let functions = Builtins.help.map { function in
    HelpEntry(
      name: String(function.signature.prefix { $0 != "(" }), kind: "function", summary: function.summary,
      usage: function.signature)
  }

  /// The words of a space's lines.
  private static let grammar: [HelpEntry] = [
    HelpEntry(
      name: "assert", kind: "statement", summary: "ends the cell with an error unless the condition holds",
      usage: "assert CONDITION[, TEXT]",
      details: "The error shows the text and both sides of a comparison; attune run then exits 1.",
      examples: ["assert evaluate.accuracy > 0.95, \"too low for release\""]),
    HelpEntry(
      name: "log", kind: "domain", summary: "numbers whose logarithm is spread evenly between two ends",
      usage: "log(LOW..HIGH)",
      examples: ["space\n    learning_rate in log(1e-5..1)"]),
    HelpEntry(
      name: "when", kind: "space", summary: "a parameter is searched only where the condition on earlier ones holds",
      usage: "NAME in DOMAIN when CONDITION",
      examples: ["space\n    optimizer in {sgd, adam}\n    momentum in 0.0..0.99 when optimizer == sgd"]),
    HelpEntry(
      name: "subject", kind: "space", summary: "a rule that every tried configuration keeps",
      usage: "subject to CONDITION",
      examples: ["space\n    neurons in 16..1024\n    subject to parameters <= 500000"]),
  ]

  /// Each parameter by name; one that several commands declare alike is told once.
  private static let parameters: [(String, HelpEntry)] = {
    var order: [String] = []
    var groups: [String: [(option: Option, owners: [String])]] = [:]
    func add(_ option: Option, _ owner: String) {
      guard option.name != "*", option.name != "value" || !owner.isEmpty else { return }
      if groups[option.name] == nil { order.append(option.name) }
      var group = groups[option.name] ?? []
      if let same = group.firstIndex(where: { $0.option.help == option.help }) {
        group[same].owners.append(owner)
      } else {
        group.append((option, [owner]))
      }
      groups[option.name] = group
    }
    for command in Commands.all { for option in command.options { add(option, command.name) } }
    for (_, syntax) in syntaxes { for option in syntax.options { add(option, syntax.name) } }
    return order.flatMap { name in (groups[name] ?? []).map { (name, HelpEntry($0.option, of: $0.owners)) } }
  }()

  /// Words of closed lists: `relu` tells of the parameter that takes it.
  private static let values: [(String, HelpEntry)] = Commands.all.flatMap { command in
    (command.options + command.positionals).flatMap { option in
      option.kind.plainWords.map { word in
        (
          word,
          HelpEntry(
            name: word, kind: "value of \(option.name)", summary: option.help, usage: "\(option.name)=\(word)",
            details: option.kind.expectation)
        )
      }
    }
  }
}

extension Option.Kind {
  /// The words that are no calls.
  var plainWords: [String] {
    switch self {
    case .word(let words): words
    case .either(let kinds): kinds.flatMap(\.plainWords)
    case .list(let kind): kind.plainWords
    default: []
    }
  }
}
