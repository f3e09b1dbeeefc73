import struct FoundationEssentials.Date

package struct StudyID: Sendable, Hashable {
  package let rawValue: Int64
  package init(_ rawValue: Int64) { self.rawValue = rawValue }
}

package struct TrialID: Sendable, Hashable {
  package let rawValue: Int64
  package init(_ rawValue: Int64) { self.rawValue = rawValue }
}

package enum StoredDirection: String, Sendable {
  case minimize = "MINIMIZE"
  case maximize = "MAXIMIZE"
}

extension StoredDirection {
  /// A study's directions as its rows have them: one that is not set yet minimises, as does a study without any.
  static func list(_ words: [String?], of study: String, noting damage: DamageList) -> [StoredDirection] {
    if words.isEmpty { damage.add("table study_directions: '\(study)' has no direction; it is taken to minimize") }
    if words.count > 1024 { damage.add("table study_directions: more than 1024 objectives") }
    let found = words.prefix(1024).map { word -> StoredDirection in
      if let word, let direction = StoredDirection(rawValue: word) { return direction }
      if word != "NOT_SET" { damage.add("table study_directions: a direction is neither MINIMIZE nor MAXIMIZE") }
      return .minimize
    }
    return found.isEmpty ? [.minimize] : found
  }
}

/// A trial's state, by the names that a study file has for them.
package enum StoredState: String, Sendable {
  case running = "RUNNING"
  case complete = "COMPLETE"
  case pruned = "PRUNED"
  case failed = "FAIL"
  case waiting = "WAITING"

  package var isFinished: Bool { self == .complete || self == .pruned || self == .failed }
}

/// One of a set's choices: a JSON scalar, or what another program has put there.
package enum StoredChoice: Sendable, Hashable {
  case null
  case bool(Bool)
  case int(Int)
  case float(Double)
  case text(String)
  /// The JSON of a list, an object or a number that is not finite: shown, and kept as it is.
  case other(String)
}

/// The range that a stored value was drawn from.
package enum StoredDistribution: Sendable, Hashable {
  case int(low: Int, high: Int, step: Int, log: Bool)
  case float(low: Double, high: Double, step: Double?, log: Bool)
  case categorical([StoredChoice])
}

/// A parameter's value as a number: an index where the distribution is categorical.
package struct StoredParameter: Sendable, Hashable {
  package var name: String
  package var value: Double
  package var distribution: StoredDistribution

  package init(_ name: String, _ value: Double, _ distribution: StoredDistribution) {
    self.name = name
    self.value = value
    self.distribution = distribution
  }
}

/// Key to JSON text, of what users see and of what programs keep for themselves.
package struct StoredAttributes: Sendable, Hashable {
  package var user: [String: String]
  package var system: [String: String]

  package init(user: [String: String] = [:], system: [String: String] = [:]) {
    self.user = user
    self.system = system
  }

  package var isEmpty: Bool { user.isEmpty && system.isEmpty }
}

/// What a new trial starts with.
package struct NewTrial: Sendable {
  package var state: StoredState
  package var parameters: [StoredParameter]
  package var values: [Double]
  package var attributes: StoredAttributes
  package var start: Date?
  package var end: Date?

  package init(
    state: StoredState, parameters: [StoredParameter] = [], values: [Double] = [],
    attributes: StoredAttributes = StoredAttributes(), start: Date? = nil, end: Date? = nil
  ) {
    self.state = state
    self.parameters = parameters
    self.values = values
    self.attributes = attributes
    self.start = start
    self.end = end
  }
}

/// A trial as it is kept.
package struct StoredTrial: Sendable {
  package var id: TrialID
  /// Counts a study's trials from 0. Another program's may have gaps, or be missing: then it is -1.
  package var number: Int
  package var state: StoredState
  /// In the order in which they were set.
  package var parameters: [StoredParameter]
  /// One an objective; infinite values are kept, a NaN never is.
  package var values: [Double]
  /// Step to reported value, NaN and infinities included.
  package var reports: [Int: Double]
  package var attributes: StoredAttributes
  package var start: Date?
  package var end: Date?
  package var heartbeat: Date?
  /// Another text whenever its state or owner has changed, where the storage can tell.
  package var version: String?

  package init(id: TrialID, number: Int, new: NewTrial) {
    self.id = id
    self.number = number
    self.state = new.state
    self.parameters = new.parameters
    self.values = new.values
    self.reports = [:]
    self.attributes = new.attributes
    self.start = new.start
    self.end = new.end
  }
}

/// A trial that is not finished, as it was read last.
package struct KnownTrial: Sendable, Hashable {
  package var id: TrialID
  package var version: String?

  package init(_ id: TrialID, version: String?) {
    self.id = id
    self.version = version
  }
}

extension StoredTrial {
  /// The system attribute that says who runs a trial, in a text that no other claim of a trial has.
  package static let ownerKey = "attune:owner"

  /// Whether the trial is this owner's; nil asks for none.
  func isOwned(by owner: String?) -> Bool { owner == nil || attributes.system[Self.ownerKey] == owner }
}

/// A study without its trials.
package struct StoredStudy: Sendable {
  package var id: StudyID
  package var name: String
  package var directions: [StoredDirection]
  package var attributes: StoredAttributes
  /// How many trials it has, by state.
  package var counts: [StoredState: Int]

  package init(
    id: StudyID, name: String, directions: [StoredDirection], attributes: StoredAttributes = StoredAttributes(),
    counts: [StoredState: Int] = [:]
  ) {
    self.id = id
    self.name = name
    self.directions = directions
    self.attributes = attributes
    self.counts = counts
  }
}
