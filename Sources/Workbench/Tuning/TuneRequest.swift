import Language
import NeuralNetworks
import Search
import Storage
import Studies
import Vocabulary

/// A `tune` as said: what is fixed, what is searched, what was taken from the session, and how far to go.
struct TuneRequest {
  let data: LoadedData
  let description: SpaceDescription
  /// Parameters of network and train that `tune` itself fixes; they leave the space.
  private(set) var fixed: [String: Argument]
  /// The session's network as said.
  private(set) var network: [String: Argument]
  /// The study that the trials belong to, if there is one yet.
  let study: Study?
  private(set) var imported: ImportedWeights?
  let objectives: [String]
  let directions: [Direction]
  private(set) var repeats: Int
  let parallel: Int
  let threads: Int
  /// The data's, if others can meet the study.
  let checksum: String?
  /// Seconds that a trial may take; nil for no limit.
  let trialTimeout: Double?

  /// Throws diagnostics.
  init(_ invocation: Invocation, _ context: CellContext) throws {
    let session = context.session
    if let space = session.space, space.isExternal {
      throw Diagnostic(
        "the space is external: tune cannot train its parameters", at: invocation.verb.span,
        hint: "use tune program=\"...\" or ask and tell, or describe a space of network and train")
    }
    guard let data = session.data else {
      throw Diagnostic("there is no data to tune on", at: invocation.verb.span, hint: "for example: data digits")
    }
    guard let description = session.space else {
      throw Diagnostic(
        "there is no space to search", at: invocation.verb.span,
        hint: "describe it: space, and an indented line for each parameter")
    }
    self.data = data
    self.description = description
    let said = invocation.options.filter { Hyperparameters.option($0.key) != nil }.mapValues(\.value)
    // A study that goes on keeps what it fixed, unless this call says otherwise.
    let joins = invocation.bool("join")!
    let decided = Set(said.keys).union(description.parameters.map(\.name))
    let kept =
      session.study.flatMap { $0.trials.isEmpty && !joins ? nil : FixedSettings($0).arguments("fixed") }
      ?? session.recipeTraining(on: data, unless: decided)
    fixed = kept.merging(said) { $1 }
    network = session.networkSettings
    study = session.study
    imported = session.network.imported
    objectives = try Self.objectives(invocation, session)
    directions = try Self.directions(invocation, objectives, session.study)
    let keptRepeats = session.study?.settings.attributes["repeat"].flatMap { Int($0) }.map { min(max(1, $0), 1000) }
    repeats = invocation.said("repeat")?.int ?? keptRepeats ?? 1
    threads = context.threads
    // Only a storage that others see can meet other data.
    checksum = session.storage is MemoryStorage ? nil : data.dataset.checksum
    parallel = invocation.int("parallel") ?? context.threads
    // A worker takes the limit from the study.
    let keptTimeout = joins ? session.study?.settings.attributes[Self.timeoutKey].flatMap { Double($0) } : nil
    trialTimeout = invocation.float("trial_timeout") ?? keptTimeout.flatMap { $0 > 0 ? $0 : nil }
  }

  private static func objectives(_ invocation: Invocation, _ session: Session) throws -> [String] {
    if let list = invocation.said("objective")?.list { return list.compactMap(\.text) }
    if let one = invocation.said("objective")?.text { return [one] }
    guard let study = session.study else { return ["val_loss"] }
    let names = study.objectiveNames
    return names.allSatisfy { MetricNames.all.contains($0) } ? names : ["val_loss"]
  }

  private static func directions(_ invocation: Invocation, _ objectives: [String], _ study: Study?) throws
    -> [Direction]
  {
    guard let said = invocation.said("direction") else { return objectives.map(MetricNames.direction) }
    let words = said.list?.compactMap(\.text) ?? [said.text].compactMap { $0 }
    guard words.count == objectives.count else {
      throw Diagnostic(
        objectives.count == 1
          ? "one objective needs one direction, not \(words.count)"
          : "\(objectives.count) objectives need as many directions, not \(words.count)",
        at: invocation.span(of: "direction"))
    }
    return words.compactMap(Direction.init)
  }

  /// A study's attribute.
  static let timeoutKey = "trial_timeout"

  /// The space that is searched, with the network's size as a measure for its rules.
  var space: Search.Space {
    let known = Hyperparameters.standard.merging(network) { $1 }
    return description.space(fixed: fixed, known: known) { measure, point in
      RuleMeasure(levels: [network, ParameterReader.arguments(point), fixed], data: data).value(measure)
    }
  }

  /// The metrics that rules on the outcome of a trial compare.
  var ruleMetrics: [String] {
    let names = Set(description.parameters.map(\.name))
    return description.constraints.flatMap {
      RuleMeaning(text: $0.text, expression: $0.expression, isExternal: description.isExternal, parameters: names)
        .measured
    }
  }

  /// The epochs of a trial that runs to its end; nil where they are searched.
  var epochs: Int? {
    if let fixed = fixed["epochs"] { return fixed.int }
    return description.parameters.contains { $0.name == "epochs" } ? nil : Hyperparameters.standard["epochs"]?.int
  }

  /// The same for one trial again, with all that it was trained with and nothing of the session's network.
  func repeating(_ settings: [String: Argument], repeats: Int) -> TuneRequest {
    var request = self
    (request.fixed, request.network, request.imported, request.repeats) = (settings, [:], nil, repeats)
    return request
  }

  /// What a trial is trained with: all that was given, what is searched among it, and its seed.
  func configuration(of trial: TrialContext) -> TrialConfiguration {
    let levels = [network, ParameterReader.arguments(trial.point), fixed]
    var settings = NetworkSettings.said(levels)
    for level in levels { settings.merge(level.filter { !NetworkSettings.isName($0.key) }) { $1 } }
    return TrialConfiguration(
      settings: settings, seed: trial.seed, repeats: repeats, data: data.text, checksum: checksum)
  }

  func networkDescription(_ point: Point) -> NetworkDescription {
    NetworkSettings.description([network, ParameterReader.arguments(point), fixed])
  }

  /// The plan of one configuration. An option of another optimizer that a space has without a condition has no effect.
  func plan(_ point: Point, seed: UInt64) throws -> TrainingPlan {
    var plan = try TrainingSettings.plan(
      [ParameterReader.arguments(point), fixed], seed: seed, ignoringForeignOptions: true)
    // What is searched for is measured each epoch, whether or not metrics= names it; a loss always is.
    plan.metrics += MetricNames.measured(for: objectives + ruleMetrics).filter { !plan.metrics.contains($0) }
    return plan
  }

  /// One line: what is searched, what is fixed, what the session gave.
  var summary: String {
    let searched = space.parameters.map(\.name).joined(separator: ", ")
    var parts = ["searching \(searched)"]
    if !fixed.isEmpty { parts.append("fixed " + Self.pairs(fixed)) }
    if repeats > 1 { parts.append("each over \(repeats) seeds") }
    parts.append(
      "from the session "
        + ([data.text] + (network.isEmpty ? [] : ["network " + Self.pairs(network)])).joined(separator: ", "))
    return parts.joined(separator: "; ")
  }

  static func pairs(_ values: [String: Argument]) -> String {
    values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
  }
}

/// Turns a point's values back into arguments: a text that was a call becomes one again.
enum ParameterReader {
  static func arguments(_ point: Point) -> [String: Argument] {
    var result: [String: Argument] = [:]
    for (name, value) in point where !name.contains(".") {
      result[name] = argument(value, Hyperparameters.option(name))
    }
    // What a range inside a call stands for: `cosine.min` is an argument of cosine.
    for (name, value) in point {
      guard let dot = name.firstIndex(of: ".") else { continue }
      let (function, argument) = (name[..<dot], String(name[name.index(after: dot)...]))
      for case (let owner, .call(var call)) in result where call.name == function {
        call.arguments.removeAll { $0.name == argument }
        call.arguments.append(.init(argument, self.argument(value, nil)))
        result[owner] = .call(call)
      }
    }
    return result
  }

  private static func argument(_ value: ParameterValue, _ option: Option?) -> Argument {
    switch value {
    case .null: return .none
    case .bool(let flag): return .bool(flag)
    case .int(let number): return .int(number)
    case .float(let number): return .float(number)
    case .text(let text):
      return option.map { StoredArgument.argument(text, $0) } ?? .text(text)
    }
  }
}

/// Nothing but literals.
struct NoScope: Scope, Environment {
  func value(of expression: Expression) throws -> Value { try Evaluator(self, keepsWords: true).value(of: expression) }
  func names(of kind: Option.NameKind) -> [String]? { nil }
  func isVariable(_ name: String) -> Bool { false }
  func lookup(_ name: String) -> Lookup { .unknown }
  var names: [String] { [] }
}
