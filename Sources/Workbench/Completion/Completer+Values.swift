import Datasets
import Language
import NeuralNetworks
import Vocabulary

extension Completer {
  /// What a declared place takes: the kind of its value, and the keys that are still free where a key may stand.
  struct Target {
    var kind: Option.Kind?
    var keys: [Option] = []
    /// The call that is being typed, with its arguments so far.
    var call: (name: String, given: [CursorContext.GivenArgument])?
  }

  /// A command's next value or key, or the value of a key.
  func parts(of place: CursorContext.CommandPlace, _ path: [CursorContext.Step], _ isInString: Bool) -> [Candidate] {
    guard let command = Commands.byName[place.verb] else { return [] }
    let option = place.key.map { declared($0, by: command) } ?? positional(place.positionals.count, of: command)
    var found: [Candidate] = []
    if !path.isEmpty || place.key != nil || !place.isWithinValue {
      if let words = ownWords(place, command, isInString), path.isEmpty {
        found += words
      } else {
        found += values(of: option, path, isInString)
      }
    }
    if isInString { return found }
    if path.isEmpty, place.key == nil, !place.isWithinValue {
      found += freeKeys(of: command, place)
    }
    return found + names
  }

  /// Places that depend on the words before: the subjects of a plot, the studies to open.
  private func ownWords(_ place: CursorContext.CommandPlace, _ command: Command, _ isInString: Bool) -> [Candidate]? {
    guard place.key == nil, let first = place.positionals.first else { return nil }
    switch (command.name, first) {
    case ("study", "open"), ("study", "delete"):
      return place.positionals.count == 1 ? texts(.study).map { Candidate($0, .value, "a study") } : []
    case ("study", "storage"): return [Candidate("none", .value, "studies are kept in memory")]
    case ("study", _): return []
    case ("plot", _): return plotSubjects(first, isInString)
    case ("help", _): return HelpIndex.words.map { Candidate($0, .keyword) }
    default: return nil
    }
  }

  /// What a kind of plot takes: schedules, optimizers, parameters of the study, features, runs.
  private func plotSubjects(_ kind: String, _ isInString: Bool) -> [Candidate] {
    switch PlotKind.all.first(where: { $0.name == kind })?.subject {
    case .schedules: isInString ? [] : Schedules.syntaxes.map { Candidate($0) }
    case .optimizers: isInString ? [] : Optimizers.syntaxes.map { Candidate($0) }
    case .parameters, .parameterPair: named(.parameter, isInString)
    case .studies: named(.study, isInString)
    case .objective: named(.metric, isInString)
    case .runs: named(.run, isInString)
    case .features: named(.column, isInString)
    case .judged: named(.run, isInString) + splits
    case .judgedClasses:
      named(.run, isInString) + splits
        + (store.current.data?.dataset.classNames ?? []).prefix(200).map { quoted($0, isInString, "a class") }
    case .border: named(.column, isInString) + named(.run, isInString) + splits
    case .run: named(.run, isInString)
    case .activations: isInString ? [] : Activation.allCases.map { Candidate($0.syntax) }
    case .nothing, nil: []
    }
  }

  private func declared(_ key: String, by command: Command) -> Option? {
    if let option = command.options.first(where: { $0.name == key }) { return option }
    if command.options.contains(where: { $0.name == "*" }) { return spaceOption(key) }
    return Hyperparameters.option(key)
  }

  private func positional(_ index: Int, of command: Command) -> Option? {
    if index < command.positionals.count { return command.positionals[index] }
    return command.repeatsLastPositional ? command.positionals.last : nil
  }

  private func freeKeys(of command: Command, _ place: CursorContext.CommandPlace) -> [Candidate] {
    var options = command.options.filter { $0.name != "*" && !$0.name.contains("[") }
    if command.options.contains(where: { $0.name == "*" }) { options += spaceOptions }
    let refused = place.values["optimizer"].map(Optimizers.optionsRefused) ?? []
    return options.filter { !place.keys.contains($0.name) && !refused.contains($0.name) }.map { Candidate($0) }
  }

  /// The parameters of the space, as options: what `enqueue` takes.
  private var spaceOptions: [Option] {
    let session = store.current
    let parameters = session.study?.space.parameters ?? session.space?.parameters ?? []
    return parameters.map { parameter in
      let kind: Option.Kind =
        if case .categorical(let values, _) = parameter.domain { .word(values.map(\.typed)) } else { .float(.finite) }
      return Option(parameter.name, kind, "in \(parameter.domain.text)")
    }
  }

  private func spaceOption(_ name: String) -> Option? { spaceOptions.first { $0.name == name } }

  // MARK: Values

  func values(of option: Option?, _ path: [CursorContext.Step], _ isInString: Bool) -> [Candidate] {
    guard let option, let target = reach(option.kind, path) else { return isInString ? [] : inner(path) }
    let found = candidates(at: target, isInString)
    return path.contains(where: \.isCall) ? found : found.map { explained($0, by: option) }
  }

  private func candidates(at target: Target, _ isInString: Bool) -> [Candidate] {
    let values = target.kind.map { candidates($0, target, isInString) } ?? []
    return isInString ? values : values + target.keys.map { Candidate($0) }
  }

  /// A word without a note of its own says what it means, else what its parameter is.
  private func explained(_ candidate: Candidate, by option: Option) -> Candidate {
    var candidate = candidate
    if candidate.note.isEmpty {
      candidate.note = option.meanings.first { $0.name == candidate.text }?.summary ?? option.help
    }
    return candidate
  }

  /// Follows the open brackets down to what may be typed at the cursor; nil if no declaration reaches that far.
  private func reach(_ kind: Option.Kind, _ path: [CursorContext.Step]) -> Target? {
    // A cell may have any number of open brackets: a loop, because recursion would cost stack for each.
    var target: Target? = Target(kind: kind)
    for step in path {
      guard let kind = target?.kind else { return nil }
      switch step {
      case .element: target = Target(kind: kind.element ?? kind)
      case .call(let name, let given, let key):
        target = kind.calls.first { $0.name == name }.map { argument(of: $0, given, key) }
      }
    }
    return target
  }

  /// The argument of a call that is being typed.
  private func argument(of syntax: Syntax, _ given: [CursorContext.GivenArgument], _ key: String?) -> Target {
    let used = given.enumerated().compactMap { index, argument in
      argument.key ?? (index < syntax.options.count ? syntax.options[index].name : nil)
    }
    let option =
      if let key { syntax.options.first { $0.name == key } } else {
        given.count < syntax.options.count ? syntax.options[given.count] : nil
      }
    var target = Target(kind: option?.kind, call: (syntax.name, given))
    if key == nil { target.keys = syntax.options.filter { !used.contains($0.name) } }
    return target
  }

  /// Inside a call that no declaration reaches, in an assignment: the keys of any call of that name.
  func inner(_ path: [CursorContext.Step]) -> [Candidate] {
    guard let index = path.lastIndex(where: \.isCall), case .call(let name, _, _) = path[index],
      let syntax = HelpIndex.syntaxes.first(where: { $0.syntax.name == name })?.syntax,
      let target = reach(.call([syntax]), Array(path[index...]))
    else { return [] }
    return candidates(at: target, false)
  }

  private func candidates(_ kind: Option.Kind, _ target: Target, _ isInString: Bool) -> [Candidate] {
    switch kind {
    case .bool: return isInString ? [] : [Candidate("true", .value), Candidate("false", .value)]
    case .word(let words): return words.map { Candidate($0, .value) }
    case .call(let calls): return calls.map { Candidate($0) }
    case .either(let kinds):
      return kinds.flatMap { candidates($0, target, isInString) }
    case .name(.column): return columns(target).map { Candidate($0, .value, "a column") }
    case .name(let kind): return named(kind, isInString)
    case .list, .int, .float, .share, .text, .path, .duration, .any, .printed: return []
    }
  }

  /// The columns of the table that the call's first argument names, else of the current data.
  private func columns(_ target: Target) -> [String] {
    if let call = target.call,
      let file = call.given.first(where: { $0.key == nil || $0.key == "file" || $0.key == "path" }),
      case .literal(let value, _)? = ExpressionText.read(file.text), let name = value.text
    {
      return FileNames.header(of: name)
    }
    return texts(.column)
  }

  private var splits: [Candidate] { Split.allCases.map { Candidate($0.rawValue, .value, "rows of the data") } }

  /// The names of this kind, as they are typed.
  private func named(_ kind: Option.NameKind, _ isInString: Bool) -> [Candidate] {
    texts(kind).map { quoted($0, isInString, "a \(kind.rawValue)") }
  }

  /// A name as it is typed: one that is not a word is a text in quotes.
  private func quoted(_ name: String, _ isInString: Bool, _ note: String) -> Candidate {
    Candidate(isInString || name.isWord ? name : Value.quoted(name), .value, note)
  }

  /// The names of this kind that exist now.
  private func texts(_ kind: Option.NameKind) -> [String] {
    let session = store.current
    switch kind {
    case .run: return session.runs.names
    case .study: return ((try? session.storage.studies()) ?? []).map(\.name)
    case .metric: return MetricNames.all
    case .parameter: return (session.study?.space.parameters ?? session.space?.parameters ?? []).map(\.name)
    case .column: return session.data?.dataset.featureNames ?? []
    case .split: return ["train", "validation", "test"]
    case .topic: return HelpIndex.words
    case .subject: return texts(.run) + texts(.parameter) + texts(.column)
    }
  }

  /// Whether the string at the cursor is a file's path.
  func wantsFiles(_ context: CursorContext) -> Bool {
    switch context.place {
    case .command(let place, let path):
      guard let command = Commands.byName[place.verb] else { return false }
      let option = place.key.map { declared($0, by: command) } ?? positional(place.positionals.count, of: command)
      if command.name == "study", place.positionals == ["storage"] { return true }
      return option.flatMap { reach($0.kind, path)?.kind?.takesPath } ?? false
    case .expression(let path):
      guard case .call(let name, let given, let key)? = path.last,
        let syntax = HelpIndex.syntaxes.first(where: { $0.syntax.name == name })?.syntax
      else { return false }
      return argument(of: syntax, given, key).kind?.takesPath ?? false
    default: return false
    }
  }
}

extension Optimizers {
  /// The options of the other optimizers, which `text`, an optimizer as it is typed, does not take.
  fileprivate static func optionsRefused(by text: String) -> Set<String> {
    guard let own = syntaxes.first(where: { $0.name == text.prefix { $0 != "(" } }) else { return [] }
    return Set(syntaxes.flatMap(\.options).map(\.name)).subtracting(own.options.map(\.name))
      .subtracting(["learning_rate", "weight_decay"])
  }
}

extension CursorContext.Step {
  fileprivate var isCall: Bool { if case .call = self { true } else { false } }
}

extension Option.Kind {
  /// What a list's parts are; nil for what is not a list.
  fileprivate var element: Option.Kind? {
    switch self {
    case .list(let kind): return kind
    case .either(let kinds):
      let elements = kinds.compactMap(\.element)
      return elements.isEmpty ? nil : .either(elements)
    default: return nil
    }
  }

  fileprivate var takesPath: Bool {
    switch self {
    case .path: true
    case .either(let kinds): kinds.contains(where: \.takesPath)
    case .list(let kind): kind.takesPath
    default: false
    }
  }
}

extension String {
  /// Whether it can be typed without quotes.
  var isWord: Bool {
    guard let first, first.isLetter || first == "_" else { return false }
    return allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
      && ExpressionText.read(self).map { if case .name = $0 { true } else { false } } == true
  }
}
