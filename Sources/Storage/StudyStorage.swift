import struct FoundationEssentials.Date

/// Where studies live.
///
/// Every call is one transaction, and every change of a trial's state says which state it expects: two programs that
/// share a storage can each try, one succeeds. Nothing here depends on a table, so a database server can stand behind it.
package protocol StudyStorage: AnyObject, Sendable {
  /// Where it is, as a person would say it: `memory`, a file's path, a database's address.
  var place: String { get }
  /// Changes where another program may have written since; equal revisions mean that nothing foreign has happened.
  func revision() throws -> Int64

  func studies() throws -> [StoredStudy]
  func study(named name: String) throws -> StoredStudy?
  /// Throws `StorageError.nameIsTaken`.
  func createStudy(named name: String, directions: [StoredDirection], attributes: StoredAttributes) throws -> StudyID
  /// Says anew what is searched for; for a study that no trial of has begun.
  func setDirections(_ directions: [StoredDirection], of study: StudyID) throws
  func renameStudy(_ study: StudyID, to name: String) throws
  func deleteStudy(_ study: StudyID) throws
  /// Sets the keys given, leaves the others.
  func set(_ attributes: StoredAttributes, of study: StudyID) throws

  /// Adds a trial; nil if the study does not have as many as expected: another program was faster.
  ///
  /// Its number is the one given, or else the next: where a study's numbers have gaps, the count is one that a trial has already.
  func add(_ trial: NewTrial, to study: StudyID, expecting count: Int?, numbered number: Int?) throws -> StoredTrial?
  /// A study's trials that came after `known` (all where it is nil), and those said, by number. Costs as much as they are.
  func trials(of study: StudyID, after known: TrialID?, and unfinished: [TrialID]) throws -> [StoredTrial]
  func trials(_ ids: [TrialID]) throws -> [StoredTrial]
  /// The same, but of the unfinished ones only those whose state or owner is not the known one any more, and these perhaps without
  /// what has been reported since. Costs as much as has changed.
  func news(of study: StudyID, after known: TrialID?, and unfinished: [KnownTrial]) throws -> [StoredTrial]
  /// Waits for this program's turn to choose a study's next trial, and gives the news then; nil where it has not come within a second.
  ///
  /// While it lasts, no other program that asks for turns adds a trial: so none chooses in vain, however many there are. It is a
  /// courtesy that correctness does not depend on; `add` says whether the number was free. It ends with `add`, `claim` or `endTurn`.
  func takeTurn(in study: StudyID, after known: TrialID?, and unfinished: [KnownTrial]) throws -> [StoredTrial]?
  func endTurn() throws
  /// Waiting to running, with the parameters and attributes given; false where another was faster.
  func claim(_ trial: TrialID, parameters: [StoredParameter], attributes: StoredAttributes, at start: Date) throws
    -> Bool
  /// Running to waiting, reports and attributes kept; false where it was not running, or not `owner`'s if one is said.
  func release(_ trial: TrialID, attributes: StoredAttributes, owner: String?) throws -> Bool
  /// Keeps a reported value; a later one for the same step replaces it.
  func report(_ value: Double, at step: Int, of trial: TrialID) throws
  /// Running to a finished state; false where it was not running, or not `owner`'s if one is said.
  func finish(
    _ trial: TrialID, as state: StoredState, values: [Double], attributes: StoredAttributes, at end: Date,
    owner: String?
  ) throws -> Bool
  func set(_ attributes: StoredAttributes, of trial: TrialID) throws
  /// Says that these trials' owner is alive.
  func beat(_ trials: [TrialID]) throws

  /// Seconds that should pass between two looks for what others have done.
  var lookInterval: Double { get }
  /// Waiting for a storage that is away ends when this says so.
  func giveUp(when isCancelled: @escaping @Sendable () -> Bool)
  /// Hands over, in words, what is waited for longer than a moment.
  func tell(_ say: @escaping @Sendable (String) -> Void)
  /// What reading has found that cannot be, in words: each finding once.
  func takeDamage() -> [String]
  /// Throws `StorageError.fileChanged` if a file that was opened is not there any more or is another one. Costs next to nothing.
  func checkPresence() throws
  /// Whether it can only be looked at.
  var isReadOnly: Bool { get }
  /// Brings everything that was written to its place: of a file, a copy is then whole. Waits for nobody.
  func settle()
}

extension StudyStorage {
  package var lookInterval: Double { 0 }
  package func giveUp(when isCancelled: @escaping @Sendable () -> Bool) {}
  package func tell(_ say: @escaping @Sendable (String) -> Void) {}
  package func takeDamage() -> [String] { [] }
  package func checkPresence() throws {}
  package var isReadOnly: Bool { false }
  package func settle() {}

  package func news(of study: StudyID, after known: TrialID?, and unfinished: [KnownTrial]) throws -> [StoredTrial] {
    try trials(of: study, after: known, and: unfinished.map(\.id))
  }

  // Where few programs share a storage, none waits for a turn.
  package func takeTurn(in study: StudyID, after known: TrialID?, and unfinished: [KnownTrial]) throws -> [StoredTrial]?
  { [] }
  package func endTurn() throws {}
}

extension StudyStorage {
  package func add(_ trial: NewTrial, to study: StudyID) throws -> StoredTrial {
    try add(trial, to: study, expecting: nil, numbered: nil)!
  }

  package func add(_ trial: NewTrial, to study: StudyID, expecting count: Int?) throws -> StoredTrial? {
    try add(trial, to: study, expecting: count, numbered: nil)
  }

  package func release(_ trial: TrialID, attributes: StoredAttributes) throws -> Bool {
    try release(trial, attributes: attributes, owner: nil)
  }

  package func finish(
    _ trial: TrialID, as state: StoredState, values: [Double], attributes: StoredAttributes, at end: Date
  ) throws -> Bool {
    try finish(trial, as: state, values: values, attributes: attributes, at: end, owner: nil)
  }

  package func trials(of study: StudyID) throws -> [StoredTrial] { try trials(of: study, after: nil, and: []) }
}

/// The world's refusals, in words.
package struct StorageError: Error, Sendable, Hashable, CustomStringConvertible {
  package enum Kind: Sendable, Hashable {
    case nameIsTaken, noSuchStudy, noSuchTrial, cannotOpen, otherFormat, otherVersion, cannotWrite, busy, interrupted
    /// The file that was opened is not the one that is there now.
    case fileChanged
    /// Another program has deleted what was open.
    case studyDeleted
  }
  package var kind: Kind
  package var message: String
  package var hint: String?

  package init(_ kind: Kind, _ message: String, hint: String? = nil) {
    self.kind = kind
    self.message = message
    self.hint = hint
  }

  /// Whether what the storage held is gone, while whoever had it open may know it.
  package var isLoss: Bool { [.fileChanged, .studyDeleted, .noSuchTrial].contains(kind) }

  package var description: String { hint.map { message + " (" + $0 + ")" } ?? message }
}
