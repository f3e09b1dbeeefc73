import Foundation
import Jupyter
import Kernel
import Testing

@Suite struct HistoryTests {
  private func withStore(_ body: (HistoryStore, String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(component: UUID().uuidString).path + "/a/history"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(HistoryStore(folder: folder), folder)
  }

  private func inputs(_ session: HistorySession, _ access: HistoryRequest.Access) -> [String] {
    session.entries(for: access).map(\.input)
  }

  @Test func `Cells are found by tail, range and search, across sessions`() throws {
    try withStore { store, _ in
      let first = store.session()
      first.append(input: "one", output: "1", line: 1)
      first.append(input: "two", output: nil, line: 2)
      let second = store.session()
      second.append(input: "one", output: nil, line: 1)
      second.append(input: "naïve\n\"x\"", output: nil, line: 2)
      #expect(inputs(second, .tail(3)) == ["two", "one", "naïve\n\"x\""])
      #expect(inputs(second, .tail(0)) == [])
      #expect(inputs(second, .range(session: 0, start: 1, stop: nil)) == ["one", "naïve\n\"x\""])
      #expect(inputs(second, .range(session: -1, start: 1, stop: 2)) == ["one"])
      #expect(inputs(second, .range(session: 1, start: 2, stop: 3)) == ["two"])
      #expect(inputs(second, .range(session: 99, start: 1, stop: nil)) == [])
      #expect(inputs(second, .search(pattern: "o*", limit: nil, unique: false)) == ["one", "one"])
      #expect(inputs(second, .search(pattern: "o*", limit: nil, unique: true)) == ["one"])
      #expect(inputs(second, .search(pattern: "*", limit: 2, unique: false)) == ["one", "naïve\n\"x\""])
      #expect(second.entries(for: .range(session: 1, start: 1, stop: 2)).first?.output == "1")
    }
  }

  @Test func `A long session is read from its end, whatever the lengths of its lines`() throws {
    try withStore { store, _ in
      let session = store.session()
      let cells = (1...3000).map { line in String(repeating: "x", count: line == 2990 ? 200_000 : line % 97) + "\(line)"
      }
      for (line, cell) in cells.enumerated() { session.append(input: cell, output: nil, line: line + 1) }
      #expect(inputs(session, .tail(3000)) == cells)
      #expect(inputs(session, .tail(20)) == Array(cells.suffix(20)))
      #expect(inputs(session, .range(session: 0, start: 2000, stop: 2995)) == Array(cells[1999..<2994]))
      #expect(inputs(session, .search(pattern: "*7", limit: 2, unique: false)) == [cells[2986], cells[2996]])
    }
  }

  @Test func `A session that ran nothing leaves nothing, and can ask for its elders`() throws {
    try withStore { (store: HistoryStore, folder: String) throws in
      let first = store.session()
      #expect(first.entries(for: .range(session: 0, start: 1, stop: nil)) == [])
      #expect(!FileManager.default.fileExists(atPath: folder))
      first.append(input: "one", output: nil, line: 1)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 1)
      #expect(inputs(store.session(), .range(session: -1, start: 1, stop: nil)) == ["one"])
    }
  }

  @Test func `A torn line costs itself only`() throws {
    try withStore { (store: HistoryStore, folder: String) throws in
      let session = store.session()
      session.append(input: "one", output: nil, line: 1)
      let file = try #require(FileManager.default.contentsOfDirectory(atPath: folder).first)
      let handle = try #require(FileHandle(forWritingAtPath: folder + "/" + file))
      handle.seekToEndOfFile()
      handle.write(Data("{\"line\": 2, \"in\n".utf8))
      session.append(input: "three", output: nil, line: 3)
      #expect(inputs(session, .tail(9)) == ["one", "three"])
    }
  }

  @Test func `A folder that cannot be made costs the history, not the cell`() {
    let session = HistoryStore(folder: "/proc/nowhere/history").session()
    session.append(input: "one", output: nil, line: 1)
    #expect(session.entries(for: .tail(5)) == [])
  }
}
