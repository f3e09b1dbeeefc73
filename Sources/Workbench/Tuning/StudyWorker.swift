import Language
import Storage
import Studies

/// What a second process does for a study: the cells that open it, load its data and run its trials.
///
/// Everything a worker needs is in the study's attributes, so a storage and a name are enough.
package struct StudyWorker {
  package struct Refusal: Error, CustomStringConvertible {
    package var description: String
  }

  package let cells: [String]

  /// Throws a `Refusal` where the storage, the study or what the study says of its data is not there.
  package init(storage path: String, study name: String, trials: Int?, timeout: String?, parallel: Int) throws {
    let data: String
    do {
      let study = try Study.open(named: name, in: SQLiteStorage(path: path), constraint: { .init($0) { _ in 0 } })
      guard let said = study.settings.attributes["data"] else {
        throw Refusal(description: "The study '\(name)' does not say what data it is about: it was not made by tune.")
      }
      data = said
    } catch let error as StorageError {
      throw Refusal(description: error.description)
    } catch let error as StudyError {
      throw Refusal(description: error.description)
    }
    var tune = "tune parallel=\(parallel)"
    if let trials { tune += " trials=\(trials)" }
    if let timeout { tune += " timeout=\(timeout)" }
    cells = [
      "data \(data);", "study storage \(Value.string(path).description);", "study open \(Value.string(name).description)", tune,
    ]
  }
}
