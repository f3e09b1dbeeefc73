import struct FoundationEssentials.Date

/// Where studies live.
///
/// Every call is one transaction, and every change of a trial's state says which state it expects: two programs that
/// share a storage can each try, one succeeds. Nothing here depends on a table, so a database server can stand behind it.
package protocol StudyStorage: AnyObject, Sendable {
  /// Where it is, as a person would say it: `memory`, a file's path.
  var place: String { get }
  /// Changes where another program may have written since; equal revisions mean that nothing foreign has happened.
  func revision() throws -> Int64

  func studies() throws -> [StoredStudy]
  func study(named name: String) throws -> StoredStudy?
  /// Throws `StorageError.nameIsTaken`.
  func createStudy(named name: String, directions: [StoredDirection], attributes: StoredAttributes) throws -> StudyID
  func renameStudy(_ study: StudyID, to name: String) throws
  func deleteStudy(_ study: StudyID) throws
  /// Sets the keys given, leaves the others.
  func set(_ attributes: StoredAttributes, of study: StudyID) throws

  /// Adds a trial under the study's next number; nil where that is not the one expected: another program was faster.
  func add(_ trial: NewTrial, to study: StudyID, expecting number: Int?) throws -> StoredTrial?
  /// All trials of a study, or those that are unfinished or later than `finished`, by number.
  func trials(of study: StudyID, after finished: TrialID?) throws -> [StoredTrial]
  func trials(_ ids: [TrialID]) throws -> [StoredTrial]
  /// Waiting to running, with the parameters and attributes given; false where another was faster.
  func claim(_ trial: TrialID, parameters: [StoredParameter], attributes: StoredAttributes, at start: Date) throws -> Bool
  /// Running to waiting, parameters, reports and attributes kept; false where it was not running.
  func release(_ trial: TrialID, attributes: StoredAttributes) throws -> Bool
  /// Keeps a reported value; a later one for the same step replaces it.
  func report(_ value: Double, at step: Int, of trial: TrialID) throws
  /// Running to a finished state; false where it was not running.
  func finish(
    _ trial: TrialID, as state: StoredState, values: [Double], attributes: StoredAttributes, at end: Date) throws -> Bool
  func set(_ attributes: StoredAttributes, of trial: TrialID) throws
  /// Says that these trials' owner is alive.
  func beat(_ trials: [TrialID]) throws
}

extension StudyStorage {
  package func add(_ trial: NewTrial, to study: StudyID) throws -> StoredTrial {
    try add(trial, to: study, expecting: nil)!
  }

  package func trials(of study: StudyID) throws -> [StoredTrial] { try trials(of: study, after: nil) }
}

/// The world's refusals, in words.
package struct StorageError: Error, Sendable, Hashable, CustomStringConvertible {
  package enum Kind: Sendable, Hashable {
    case nameIsTaken, noSuchStudy, noSuchTrial, cannotOpen, otherFormat, otherVersion, cannotWrite, busy
  }
  package var kind: Kind
  package var message: String
  package var hint: String?

  package init(_ kind: Kind, _ message: String, hint: String? = nil) {
    self.kind = kind
    self.message = message
    self.hint = hint
  }

  package var description: String { hint.map { message + " (" + $0 + ")" } ?? message }
}
