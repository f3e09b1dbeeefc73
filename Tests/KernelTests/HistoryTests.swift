import Foundation
import Jupyter
import Kernel
import Testing

@Suite struct HistoryTests {
  private func withFolder(_ body: (String) throws -> Void) rethrows {
    let parent = FileManager.default.temporaryDirectory.appending(component: UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: parent) }
    try body(parent + "/a/history")
  }

  private func inputs(_ session: HistorySession, _ access: HistoryRequest.Access) -> [String] {
    session.entries(for: access).map(\.input)
  }

  @Test func `cells are found by tail, range and search, across sessions`() {
    withFolder { folder in
      let first = HistoryStore(folder: folder).session()
      first.append(input: "one", output: "1", line: 1)
      first.append(input: "two", output: nil, line: 2)
      first.save()
      // Another process of its own.
      let second = HistoryStore(folder: folder).session()
      second.append(input: "one", output: nil, line: 1)
      second.append(input: "naïve\n\"x\"", output: nil, line: 2)
      #expect(inputs(second, .tail(3)) == ["two", "one", "naïve\n\"x\""])
      #expect(inputs(second, .tail(0)) == [])
      #expect(inputs(second, .tail(.max)).count == 4)
      #expect(inputs(second, .range(session: 0, start: 1, stop: nil)) == ["one", "naïve\n\"x\""])
      #expect(inputs(second, .range(session: -1, start: 1, stop: 2)) == ["one"])
      #expect(inputs(second, .range(session: 1, start: 2, stop: 3)) == ["two"])
      for session in [99, -99, .min, .max] {
        #expect(inputs(second, .range(session: session, start: 1, stop: nil)) == [])
      }
      #expect(inputs(second, .search(pattern: "o*", limit: nil, unique: false)) == ["one", "one"])
      #expect(inputs(second, .search(pattern: "o*", limit: nil, unique: true)) == ["one"])
      #expect(inputs(second, .search(pattern: "*", limit: 2, unique: false)) == ["one", "naïve\n\"x\""])
      #expect(inputs(second, .search(pattern: "*", limit: 2, unique: true)) == ["one", "naïve\n\"x\""])
      #expect(second.entries(for: .range(session: 1, start: 1, stop: 2)).first?.output == "1")
    }
  }

  /// The patterns of Python's fnmatch and of SQLite agree but for the sign of a set's complement.
  @Test(arguments: [
    ("*", true), ("a?c*", true), ("a?c", false), ("[a-c]bc*", true), ("[^a]*", false), ("*[*]*", true), ("*\n*", true),
    ("A*", false), ("", false), ("*é", true),
  ])
  func `patterns are those of SQLite's GLOB`(pattern: String, fits: Bool) {
    withFolder { folder in
      let session = HistoryStore(folder: folder).session()
      session.append(input: "abc *\né", output: nil, line: 1)
      #expect(inputs(session, .search(pattern: pattern, limit: nil, unique: false)).isEmpty == !fits)
      #expect(inputs(session, .search(pattern: pattern, limit: nil, unique: true)).isEmpty == !fits)
    }
  }

  @Test func `a session that ran nothing leaves nothing, and can ask for its elders`() throws {
    try withFolder { folder in
      let first = HistoryStore(folder: folder).session()
      #expect(first.entries(for: .range(session: 0, start: 1, stop: nil)) == [])
      #expect(!FileManager.default.fileExists(atPath: folder))
      first.append(input: "one", output: nil, line: 1)
      first.save()
      for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
        let mode = try FileManager.default.attributesOfItem(atPath: folder + "/" + name)[.posixPermissions] as? Int
        #expect(mode.map { $0 & 0o077 } == 0, "\(name) is open to others")
      }
      #expect(inputs(HistoryStore(folder: folder).session(), .range(session: -1, start: 1, stop: nil)) == ["one"])
    }
  }

  @Test func `what nobody may read is taken out of cells and outputs`() {
    withFolder { folder in
      let store = HistoryStore(folder: folder) { $0.replacingOccurrences(of: "secret", with: "******") }
      let session = store.session()
      session.append(input: "a secret", output: "the secret", line: 1)
      #expect(session.entries(for: .tail(1)).map { [$0.input, $0.output] } == [["a ******", "the ******"]])
    }
  }

  @Test func `files of earlier versions are taken in once, with their numbers`() throws {
    try withFolder { folder in
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try #"{"in":"one secret","line":1,"out":"secret"}"#.appending(
        "\n{\"line\": 2, \"in\n{\"in\":\"three\",\"line\":3}\n"
      )
      .write(toFile: folder + "/000007.jsonl", atomically: true, encoding: .utf8)
      try #"{"in":"older","line":1}"#.write(toFile: folder + "/000003.jsonl", atomically: true, encoding: .utf8)
      let store = HistoryStore(folder: folder) { $0.replacingOccurrences(of: "secret", with: "******") }
      let session = store.session()
      #expect(inputs(session, .tail(9)) == ["older", "one ******", "three"])
      #expect(session.entries(for: .range(session: 7, start: 1, stop: 2)).first?.output == "******")
      #expect(inputs(session, .range(session: -2, start: 1, stop: nil)) == ["older"])
      session.append(input: "new", output: nil, line: 1)
      #expect(session.entries(for: .tail(1)).first?.session == 8)
      #expect(!store.hasOldFiles)
      #expect(inputs(HistoryStore(folder: folder).session(), .tail(9)).count == 4)
    }
  }

  @Test func `what is kept has a bound: long cells are shortened, the oldest go first`() {
    withFolder { folder in
      let store = HistoryStore(folder: folder)
      let session = store.session()
      let long = String(repeating: "é", count: HistoryStore.longest)
      for line in 1...120 { session.append(input: "\(line) " + long, output: nil, line: line) }
      let kept = session.entries(for: .tail(.max))
      #expect(kept.last?.line == 120)
      #expect(kept.last?.input.hasSuffix("(shortened: \(HistoryStore.longest * 2 + 4) bytes)") == true)
      let bytes = kept.reduce(0) { $0 + $1.input.utf8.count }
      #expect(bytes <= HistoryStore.capacity && bytes > HistoryStore.capacity / 2)
      #expect(kept.map(\.line) == Array((121 - kept.count)...120))
    }
  }

  @Test func `a file that is no database is set aside`() throws {
    try withFolder { folder in
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let text = String(repeating: "this is not a database", count: 1000)
      try text.write(toFile: folder + "/history.sqlite", atomically: true, encoding: .utf8)
      let session = HistoryStore(folder: folder).session()
      session.append(input: "one", output: nil, line: 1)
      #expect(inputs(session, .tail(9)) == ["one"])
      #expect(try String(contentsOfFile: folder + "/history.sqlite.damaged", encoding: .utf8) == text)
    }
  }

  @Test func `what cannot be opened is not set aside`() throws {
    try withFolder { folder in
      let file = folder + "/history.sqlite"
      try FileManager.default.createDirectory(atPath: file, withIntermediateDirectories: true)
      let session = HistoryStore(folder: folder).session()
      session.append(input: "one", output: nil, line: 1)
      #expect(inputs(session, .tail(5)) == [])
      #expect(FileManager.default.fileExists(atPath: file))
      #expect(!FileManager.default.fileExists(atPath: file + ".damaged"))
    }
  }

  @Test func `a folder that cannot be made costs the history, not the cell`() {
    let session = HistoryStore(folder: "/proc/nowhere/history").session()
    session.append(input: "one", output: nil, line: 1)
    #expect(session.entries(for: .tail(5)) == [])
  }
}
