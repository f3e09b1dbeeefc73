import Language
import Vocabulary

/// The names that expressions know besides variables.
enum SessionNames {
  static let all = ["best", "trials", "run", "study", "network", "data", "evaluate"]

  static func object(_ name: String, _ store: SessionStore) -> any SessionObject {
    LazyObject(name: name, store: store)
  }

  /// The words of this kind that the session holds now.
  static func names(of kind: Option.NameKind, _ session: Session) -> [String]? {
    switch kind {
    case .run: session.runs.names
    case .metric, .split, .column, .study, .topic, .subject: nil
    case .parameter: session.study?.space.parameters.map(\.name)
    }
  }
}

/// A session name that is looked up when it is used; a missing one says how to make it.
private struct LazyObject: SessionObject {
  let name: String
  let store: SessionStore

  var typeName: String { "'\(name)'" }

  var attributeNames: [String] { (try? found().attributeNames) ?? [] }
  func attribute(_ attribute: String) throws -> Value? { try current().attribute(attribute) }
  func plain() throws -> Value { try current().plain() }
  func call(_ arguments: [Value], _ keywords: [Value.Entry]) throws -> Value {
    guard name == "run" else { throw ValueError("'\(name)' cannot be called") }
    guard arguments.count == 1, keywords.isEmpty, let wanted = arguments[0].text else {
      throw ValueError("run takes the name of a run", hint: "for example run(\"deep\")")
    }
    let runs = store.current.runs
    guard let run = runs[wanted] else {
      throw ValueError("there is no run '\(wanted)'", hint: Suggestion.hint(for: wanted, among: runs.names))
    }
    return .object(Object(RunObject(run: run)))
  }

  /// What was found, with what other programs have added to the study. Completion does without: it must not wait for a storage.
  private func current() throws -> any SessionObject {
    if ["best", "trials", "study"].contains(name) { try store.current.study?.look() }
    return try found()
  }

  private func found() throws -> any SessionObject {
    let session = store.current
    switch name {
    case "run":
      if session.runs.last == nil, let study = session.study, study.directions.count > 1, study.hasBegun {
        throw ValueError(
          "a study with several objectives has no single best trial, so it leaves no run",
          hint: "use retrain with the number of a trial; plot pareto shows the front")
      }
      guard let run = session.runs.last else { throw ValueError("nothing was trained yet", hint: "train makes a run") }
      return RunObject(run: run)
    case "data":
      guard let data = session.data else { throw ValueError("there is no data yet", hint: "for example: data digits") }
      return DataObject(data: data)
    case "network": return NetworkObject(session: session)
    case "evaluate":
      guard let evaluation = session.evaluation else {
        throw ValueError("nothing was evaluated yet", hint: "evaluate test measures the current run")
      }
      return evaluation
    default: break
    }
    guard let study = session.study else { throw ValueError("there is no study yet", hint: "tune makes one") }
    switch name {
    case "trials": return TrialsObject(study: study)
    case "study": return StudyObject(study: study)
    default:
      guard study.directions.count == 1 else {
        throw ValueError(
          "a study with several objectives has no single best trial", hint: "plot pareto shows the front")
      }
      guard let best = study.best else {
        let (message, hint) = study.whyNoBest
        throw ValueError(message, hint: hint)
      }
      return BestObject(trial: best, study: study)
    }
  }
}
