import Search
import Storage

/// Reads what a new study is to begin with from earlier ones of the same storage, ours or another program's.
package enum EarlierStudies {
  /// By name, in this order, for a study named `name`. Throws `StudyError` and the storage's errors.
  package static func read(_ names: [String], for name: String, in storage: any StudyStorage) throws -> [EarlierStudy] {
    var studies: [EarlierStudy] = []
    for earlier in names where !studies.contains(where: { $0.name == earlier }) {
      if earlier == name {
        throw StudyError("study '\(name)' cannot be like itself", hint: "use like= with the name of an earlier study")
      }
      // Its rules do not matter: only configurations that ran are read.
      let study = try Study.open(
        named: earlier, in: storage, constraint: { Constraint($0) { _ in 0 } }, isOnlyShown: true)
      let found = EarlierStudy(earlier, trials: study.trials.map(\.observation), directions: study.directions)
      if found.best.isEmpty {
        throw StudyError(
          "study '\(earlier)' has no complete trial to begin with", hint: "use study new without like= until it has")
      }
      studies.append(found)
    }
    return studies
  }
}
