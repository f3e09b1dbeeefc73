import struct FoundationEssentials.Date
import Synchronization

/// Studies that live as long as the process.
package final class MemoryStorage: StudyStorage {
  fileprivate struct Contents {
    var nextStudy: Int64 = 1
    var studies: [StoredStudy] = []
    /// Trials by identity, which counts from 1 without gaps; nil once their study is deleted.
    var trials: [StoredTrial?] = []
    var numbers: [StudyID: [TrialID]] = [:]
  }
  private let contents = Mutex(Contents())

  package init() {}

  package var place: String { "memory" }
  package func revision() -> Int64 { 0 }

  package func studies() -> [StoredStudy] {
    contents.withLock { contents in contents.studies.map { contents.counted($0) } }
  }

  package func study(named name: String) -> StoredStudy? {
    contents.withLock { contents in contents.studies.first { $0.name == name }.map { contents.counted($0) } }
  }

  package func createStudy(
    named name: String, directions: [StoredDirection], attributes: StoredAttributes
  ) throws -> StudyID {
    try contents.withLock { contents in
      try contents.requireFree(name)
      let id = StudyID(contents.nextStudy)
      contents.nextStudy += 1
      contents.studies.append(StoredStudy(id: id, name: name, directions: directions, attributes: attributes))
      contents.numbers[id] = []
      return id
    }
  }

  package func setDirections(_ directions: [StoredDirection], of study: StudyID) throws {
    try contents.withLock { contents in contents.studies[try contents.index(of: study)].directions = directions }
  }

  package func renameStudy(_ study: StudyID, to name: String) throws {
    try contents.withLock { contents in
      let index = try contents.index(of: study)
      if contents.studies[index].name == name { return }
      try contents.requireFree(name)
      contents.studies[index].name = name
    }
  }

  package func deleteStudy(_ study: StudyID) throws {
    try contents.withLock { contents in
      contents.studies.remove(at: try contents.index(of: study))
      for trial in contents.numbers.removeValue(forKey: study) ?? [] { contents.trials[trial.index] = nil }
    }
  }

  package func set(_ attributes: StoredAttributes, of study: StudyID) throws {
    try contents.withLock { contents in
      contents.studies[try contents.index(of: study)].attributes.merge(attributes)
    }
  }

  package func add(_ trial: NewTrial, to study: StudyID, expecting expected: Int?, numbered number: Int?) throws
    -> StoredTrial?
  {
    try contents.withLock { contents in
      _ = try contents.index(of: study)
      let count = contents.numbers[study]!.count
      if let expected, expected != count { return nil }
      let id = TrialID(Int64(contents.trials.count + 1))
      let stored = StoredTrial(id: id, number: number ?? count, new: trial)
      contents.trials.append(stored)
      contents.numbers[study]!.append(id)
      return stored
    }
  }

  package func trials(of study: StudyID, after known: TrialID?, and unfinished: [TrialID]) throws -> [StoredTrial] {
    try contents.withLock { contents in
      _ = try contents.index(of: study)
      var wanted: [StoredTrial] = []
      for id in contents.numbers[study]! {
        guard let trial = contents.trials[id.index] else { continue }
        if known.map({ id.rawValue > $0.rawValue }) ?? true || unfinished.contains(id) { wanted.append(trial) }
      }
      return wanted
    }
  }

  package func trials(_ ids: [TrialID]) throws -> [StoredTrial] {
    try contents.withLock { contents in try ids.map { try contents.trial($0) } }
  }

  package func claim(
    _ trial: TrialID, parameters: [StoredParameter], attributes: StoredAttributes, at start: Date
  ) throws -> Bool {
    try contents.withLock { contents in
      var stored = try contents.trial(trial)
      guard stored.state == .waiting else { return false }
      stored.state = .running
      stored.parameters = parameters
      stored.start = start
      stored.attributes.merge(attributes)
      contents.trials[trial.index] = stored
      return true
    }
  }

  package func release(_ trial: TrialID, attributes: StoredAttributes, owner: String?) throws -> Bool {
    try contents.withLock { contents in
      var stored = try contents.trial(trial)
      guard stored.state == .running, stored.isOwned(by: owner) else { return false }
      stored.state = .waiting
      stored.start = nil
      stored.heartbeat = nil
      stored.attributes.merge(attributes)
      contents.trials[trial.index] = stored
      return true
    }
  }

  package func report(_ value: Double, at step: Int, of trial: TrialID) throws {
    try contents.withLock { contents in
      _ = try contents.trial(trial)
      contents.trials[trial.index]!.reports[step] = value
    }
  }

  package func finish(
    _ trial: TrialID, as state: StoredState, values: [Double], attributes: StoredAttributes, at end: Date,
    owner: String?
  ) throws -> Bool {
    try contents.withLock { contents in
      var stored = try contents.trial(trial)
      guard stored.state == .running, stored.isOwned(by: owner) else { return false }
      stored.state = state
      stored.values = values
      stored.end = end
      stored.heartbeat = nil
      stored.attributes.merge(attributes)
      contents.trials[trial.index] = stored
      return true
    }
  }

  package func set(_ attributes: StoredAttributes, of trial: TrialID) throws {
    try contents.withLock { contents in
      _ = try contents.trial(trial)
      contents.trials[trial.index]!.attributes.merge(attributes)
    }
  }

  package func beat(_ trials: [TrialID]) throws {
    contents.withLock { contents in
      for trial in trials where contents.trials[trial.index]?.state == .running {
        contents.trials[trial.index]!.heartbeat = Date()
      }
    }
  }
}

extension MemoryStorage.Contents {
  fileprivate func index(of study: StudyID) throws(StorageError) -> Int {
    guard let index = studies.firstIndex(where: { $0.id == study }) else {
      throw StorageError(.studyDeleted, "the study is no longer there")
    }
    return index
  }

  fileprivate func trial(_ id: TrialID) throws(StorageError) -> StoredTrial {
    guard trials.indices.contains(id.index), let trial = trials[id.index] else {
      throw StorageError(.noSuchTrial, "the trial is no longer there")
    }
    return trial
  }

  fileprivate func requireFree(_ name: String) throws(StorageError) {
    if studies.contains(where: { $0.name == name }) {
      throw StorageError(
        .nameIsTaken, "there is a study '\(name)' already",
        hint: "study open \"\(name)\" create=true goes on with it, and makes it if there is none")
    }
  }

  fileprivate func counted(_ study: StoredStudy) -> StoredStudy {
    var study = study
    for id in numbers[study.id] ?? [] {
      if let state = trials[id.index]?.state { study.counts[state, default: 0] += 1 }
    }
    return study
  }
}

extension TrialID {
  fileprivate var index: Int { Int(rawValue) - 1 }
}

extension StoredAttributes {
  /// The other's values replace those of equal keys.
  package mutating func merge(_ other: StoredAttributes) {
    user.merge(other.user) { $1 }
    system.merge(other.system) { $1 }
  }
}
