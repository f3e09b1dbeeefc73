import Jupyter
import Synchronization

/// One shell's part of the history: gathers its cells as they run and answers for those of the past. A kernel that runs none
/// leaves no trace. Safe from any thread.
package final class HistorySession: Sendable {
  private let store: HistoryStore
  /// Cells that are not in the store yet.
  private let waiting = Mutex<[HistoryEntry]>([])
  /// The session's number, claimed with its first cell. Held while cells are written, so that their order stays.
  private let number = Mutex<Int?>(nil)

  init(in store: HistoryStore) { self.store = store }

  /// Costs no more than a note: `save` writes it down.
  package func append(input: String, output: String?, line: Int) {
    waiting.withLock { $0.append(HistoryEntry(session: 0, line: line, input: input, output: output)) }
  }

  /// Writes down what has been noted, many cells of a burst at once.
  package func save() {
    number.withLock { number in
      let cells = waiting.withLock { cells in
        defer { cells = [] }
        return cells
      }
      if !cells.isEmpty { number = store.add(cells, to: number) ?? number }
    }
  }

  /// Oldest first.
  package func entries(for access: HistoryRequest.Access) -> [HistoryEntry] {
    save()
    switch access {
    case .tail(let count):
      return store.entries("ORDER BY cell.session DESC, line DESC LIMIT ?", [count]).reversed()
    case .range(let session, let start, let stop):
      guard let number = number(ofRelative: session) else { return [] }
      return store.entries(
        "WHERE cell.session = ? AND line >= ? AND line < ? ORDER BY line", [number, start, stop ?? Int.max])
    case .search(let pattern, let limit, false):
      return store.entries(
        "WHERE input GLOB ? ORDER BY cell.session DESC, line DESC LIMIT ?", [pattern, limit ?? -1]
      ).reversed()
    case .search(let pattern, let limit, true):
      return store.newestOfEach(matching: pattern, limit: limit ?? Int.max).reversed()
    }
  }

  /// 0 is this session, -1 the one before it, a positive number itself.
  private func number(ofRelative session: Int) -> Int? {
    if session > 0 { return session }
    let own = number.withLock { $0 }
    return session == 0 ? own : store.number(before: own, by: session == .min ? .max : -session)
  }
}
