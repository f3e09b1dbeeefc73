import Language
import Search
import Studies
import Vocabulary

/// `best`, `trials[3]`: one trial as programs read it.
struct TrialObject: SessionObject {
  let trial: TrialRecord

  var typeName: String { "a trial" }

  private static func number(_ name: String, _ value: Double) -> Value {
    TrialRecord.counts.contains(name) ? Int(exactly: value).map(Value.int) ?? .float(value) : .float(value)
  }

  func plain() throws -> Value {
    var entries: [Value.Entry] = [
      .init("number", .int(trial.number)), .init("state", .string(trial.state.rawValue)),
    ]
    if trial.values.count > 1 {
      entries.append(.init("values", .list(trial.values.map(Value.float))))
    } else {
      entries.append(.init("value", trial.values.first.map(Value.float) ?? .none))
    }
    // Where a trial is several trainings: over seeds, over folds.
    if !trial.spread.isEmpty { entries.append(.init("spread", .list(trial.spread.map(Value.float)))) }
    entries.append(.init("params", .dict(trial.params.map { .init($0.name, $0.value.plain) })))
    entries.append(
      .init("intermediate", .dict(trial.reports.map { .init("\($0.step)", .float($0.value)) })))
    entries.append(.init("seconds", trial.seconds.map(Value.float) ?? .none))
    if let configuration = trial.configuration {
      // The seed of its first training, as `train seed=` takes it.
      entries.append(.init("seed", .int(TrialContext.seed(study: configuration.seed, number: 0).typed)))
      entries.append(
        .init(
          "configuration",
          .dict(configuration.settings.sorted { $0.key < $1.key }.map { .init($0.key, $0.value.plainValue) })))
    }
    if !trial.metrics.isEmpty {
      entries.append(
        .init(
          "metrics",
          .dict(trial.metrics.sorted { $0.key < $1.key }.map { .init($0.key, Self.number($0.key, $0.value)) })))
    }
    entries.append(.init("reason", trial.reason.map(Value.string) ?? .none))
    return .dict(entries)
  }
}

/// `trials`: every trial of the current study.
struct TrialsObject: SessionObject {
  let study: Study

  var typeName: String { "a list of trials" }
  var attributeNames: [String] { [] }

  func plain() throws -> Value { .list(study.trials.map { .object(Object(TrialObject(trial: $0))) }) }
}

/// `study`: the current study's settings and counts.
struct StudyObject: SessionObject {
  let study: Study

  var typeName: String { "a study" }

  func plain() throws -> Value {
    let trials = study.trials
    func count(_ state: TrialRecord.State) -> Value { .int(trials.filter { $0.state == state }.count) }
    return .dict([
      .init("name", .string(study.name)), .init("trials", .int(trials.count)), .init("complete", count(.complete)),
      .init("pruned", count(.pruned)), .init("failed", count(.failed)), .init("waiting", count(.waiting)),
      .init("directions", .list(study.directions.map { .string($0.rawValue) })),
      .init("objectives", .list(study.metrics.map(Value.string))),
      .init("sampler", .string(study.settings.sampler.description)),
      .init("pruner", .string(study.settings.effectivePruner.description)),
      .init("seed", .int(study.seed.typed)),
      .init("storage", .string(study.storage.place)),
    ])
  }
}

extension ParameterValue {
  /// As programs read it: words are strings.
  var plain: Value {
    if case .text(let text) = self { .string(text) } else { value }
  }
}

extension Argument {
  /// As programs read it: calls are their text.
  fileprivate var plainValue: Value {
    switch self {
    case .none: .none
    case .bool(let flag): .bool(flag)
    case .int(let number): .int(number)
    case .float(let number): .float(number)
    case .text(let text): .string(text)
    case .list(let values): .list(values.map(\.plainValue))
    case .call(let call): .string(call.description)
    }
  }
}
