import Synchronization

/// The names of a configuration's parameters, ascending. Configurations with the same names share one object, so that ten thousand
/// trials of a study are compared by reference.
final class ParameterNames: Sendable {
  let list: [String]

  private init(_ list: [String]) { self.list = list }

  private static let known = Mutex<[[String]: ParameterNames]>([:])

  /// The object of these names. Forgetting some only costs a comparison of names later, so the table is kept small.
  static func shared(_ list: [String]) -> ParameterNames {
    known.withLock { known in
      if let names = known[list] { return names }
      if known.count >= 256 { known = [:] }
      let names = ParameterNames(list)
      known[list] = names
      return names
    }
  }

  /// Every set of names that a trial of a history has. O(trials): equal ones that follow each other are one object.
  static func distinct(in history: [Observation]) -> [ParameterNames] {
    var found: [ParameterNames] = []
    for index in history.indices where !found.contains(where: { $0 === history[index].names }) {
      found.append(history[index].names)
    }
    return found
  }
}
