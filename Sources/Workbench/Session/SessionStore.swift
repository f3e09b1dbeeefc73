import Synchronization

/// The session's latest published state. The execution thread writes, subshells and completion read.
///
/// A command changes its own copy only through `update`, so that a reader never sees half a change; what a running
/// command makes (a study's trials, a run's epochs) lives in objects that are safe to read while they grow.
package final class SessionStore: Sendable {
  private let session = Mutex(Session())
  /// What it was copied from.
  private let original: SessionStore?

  package init() { original = nil }

  /// A copy of its own: what is done with it does not reach the other.
  package init(copying other: SessionStore) {
    let copy = other.current
    original = other
    session.withLock { $0 = copy }
  }

  package var current: Session { session.withLock { $0 } }

  /// The session as its own commands have it now, also to who looks at a copy.
  package var published: Session { (original ?? self).current }

  package func update(_ change: (inout Session) throws -> Void) rethrows {
    try session.withLock { try change(&$0) }
  }
}
