import Language
import Storage
import Studies

/// What another process does for a study: the cells that open it, load its data and run its trials.
///
/// Everything a worker needs is in the study's attributes, so a storage and a name are enough.
package struct StudyWorker {
  package struct Refusal: Error, CustomStringConvertible {
    package var description: String
  }

  /// How far a worker goes, and on what.
  package struct Limits {
    package var trials: Int?
    package var timeout: String?
    package var parallel: Int
    package var threads: Int?

    package init(trials: Int?, timeout: String?, parallel: Int, threads: Int?) {
      (self.trials, self.timeout, self.parallel, self.threads) = (trials, timeout, parallel, threads)
    }
  }

  package let cells: [String]

  /// Throws a `Refusal` where the storage, the study or what the study says of its data is not there.
  package init(storage said: String, study name: String, _ limits: Limits) throws {
    let data: String
    let joins: Bool
    do {
      let study = try Study.open(named: name, in: StudyStorages.open(said), constraint: { .init($0) { _ in 0 } })
      guard let said = study.settings.attributes["data"] else {
        throw Refusal(description: "The study '\(name)' does not say what data it is about: it was not made by tune.")
      }
      data = said
      // A plan that has ended is no business of a worker that is told how many trials to run.
      joins = try study.plan.map { try limits.trials == nil || study.look(at: $0) == nil } ?? false
    } catch let error as StorageError {
      throw Refusal(description: error.description)
    } catch let error as StudyError {
      throw Refusal(description: error.description)
    }
    var tune = "tune parallel=\(limits.parallel)"
    if joins { tune += " join=true" }
    if let trials = limits.trials { tune += " trials=\(trials)" }
    if let timeout = limits.timeout { tune += " timeout=\(timeout)" }
    cells =
      (limits.threads.map { ["set threads=\($0)"] } ?? []) + [
        "data \(data);", "study storage \(Value.string(said).description)",
        "study open \(Value.string(name).description) follow=false", tune,
      ]
  }
}
