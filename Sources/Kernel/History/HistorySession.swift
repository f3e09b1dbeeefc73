import Glibc
import Jupyter
import Synchronization

/// One shell's part of the history: writes its cells down as they run and answers for those of the past. The file is
/// claimed at the first cell, so a kernel that runs none leaves no trace. Safe from any thread.
package final class HistorySession: Sendable {
  private enum State: Sendable {
    case unclaimed
    case open(number: Int, descriptor: Int32)
    /// The folder cannot be written; cells are not kept.
    case unavailable
  }
  private let store: HistoryStore
  private let state = Mutex(State.unclaimed)

  init(in store: HistoryStore) { self.store = store }

  deinit { state.withLock { if case .open(_, let descriptor) = $0 { close(descriptor) } } }

  /// A full or read-only disk costs the history, never the cell.
  package func append(input: String, output: String?, line: Int) {
    var fields: [String: JSON] = ["line": .int(line), "in": .string(input)]
    if let output { fields["out"] = .string(output) }
    let bytes = JSON.object(fields).bytes + [UInt8(ascii: "\n")]
    state.withLock { state in
      if case .unclaimed = state {
        state = store.claimNumber().map { .open(number: $0.number, descriptor: $0.descriptor) } ?? .unavailable
      }
      // One write: another reader sees the whole line or nothing.
      if case .open(_, let descriptor) = state { _ = write(descriptor, bytes, bytes.count) }
    }
  }

  package func entries(for access: HistoryRequest.Access) -> [HistoryEntry] {
    switch access {
    case .tail(let count): last(count) { _ in true }
    case .range(let session, let start, let stop):
      number(ofRelative: session).map { number in
        // Lines only grow within a session.
        store.entriesBackwards(of: number).prefix { $0.line >= start }.filter { $0.line < stop ?? Int.max }.reversed()
      } ?? []
    case .search(let pattern, let limit, let unique): search(Glob(pattern), limit: limit ?? Int.max, unique: unique)
    }
  }

  /// The last entries that a test lets through, oldest first, read from the newest session backwards.
  private func last(_ count: Int, where isWanted: (HistoryEntry) -> Bool) -> [HistoryEntry] {
    var found: [HistoryEntry] = []
    if count <= 0 { return [] }
    for session in store.sessions.reversed() {
      for entry in store.entriesBackwards(of: session) where isWanted(entry) {
        found.append(entry)
        if found.count == count { return found.reversed() }
      }
    }
    return found.reversed()
  }

  private func search(_ pattern: Glob, limit: Int, unique: Bool) -> [HistoryEntry] {
    var seen: Set<String> = []
    return last(limit) { entry in
      pattern.matches(entry.input) && (!unique || seen.insert(entry.input).inserted)
    }
  }

  /// 0 is this session, -1 the one before it, a positive number itself.
  private func number(ofRelative session: Int) -> Int? {
    if session > 0 { return session }
    let own = state.withLock { state -> Int? in if case .open(let number, _) = state { number } else { nil } }
    if session == 0 { return own }
    return store.sessions.filter { $0 < own ?? Int.max }.dropLast(-session - 1).last
  }
}
