import Foundation
import GRDB
import Storage
import Testing

@Suite struct SQLiteStorageTests {
  private let path = StorageContractTests.temporaryFile()

  @Test func `everything is still there when the file is opened again`() throws {
    let first = try SQLiteStorage(path: path)
    let study = try first.createStudy(named: "s", directions: [.maximize], attributes: StoredAttributes())
    _ = try first.add(NewTrial(state: .complete, parameters: StorageContractTests.parameters, values: [3]), to: study)
    let second = try SQLiteStorage(path: path)
    let kept = try #require(try second.trials(of: study).first)
    #expect(kept.values == [3] && kept.parameters == StorageContractTests.parameters)
  }

  @Test func `the revision changes when another connection writes, not when this one does`() throws {
    let (mine, theirs) = (try SQLiteStorage(path: path), try SQLiteStorage(path: path))
    let study = try mine.createStudy(named: "s", directions: [.minimize], attributes: StoredAttributes())
    let before = try mine.revision()
    _ = try mine.add(NewTrial(state: .running), to: study)
    #expect(try mine.revision() == before)
    _ = try theirs.add(NewTrial(state: .running), to: study)
    #expect(try mine.revision() != before)
  }

  @Test func `a file of another kind is refused and left as it is`() throws {
    let text = Data("not a database, but long enough to be one".utf8)
    try text.write(to: URL(fileURLWithPath: path))
    #expect { try SQLiteStorage(path: path) } throws: { ($0 as? StorageError)?.kind == .otherFormat }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == text)
  }

  @Test func `another program's database is refused and left as it is`() throws {
    let queue = try DatabaseQueue(path: path)
    try queue.write { try $0.execute(sql: "CREATE TABLE notes (text)") }
    try queue.close()
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect { try SQLiteStorage(path: path) } throws: { ($0 as? StorageError)?.kind == .otherFormat }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
  }

  @Test(arguments: ["UPDATE version_info SET schema_version = 11", "UPDATE alembic_version SET version_num = 'v9'"])
  func `another schema version is refused`(change: String) throws {
    _ = try SQLiteStorage(path: path)
    try DatabaseQueue(path: path).write { try $0.execute(sql: change) }
    #expect { try SQLiteStorage(path: path) } throws: { ($0 as? StorageError)?.kind == .otherVersion }
  }

  @Test func `a folder that is not there is a mistake in words`() {
    #expect { try SQLiteStorage(path: "/nowhere/at/all/tuning.db") } throws: {
      ($0 as? StorageError)?.kind == .cannotOpen
    }
  }

  @Test func `a full disk loses the step, not the file`() throws {
    let storage = try SQLiteStorage(path: path)
    let study = try storage.createStudy(named: "s", directions: [.minimize], attributes: StoredAttributes())
    _ = try storage.add(NewTrial(state: .complete, values: [1]), to: study)
    // The number of pages is capped at what there is: SQLite then says that the disk is full.
    try storage.capPages()
    let large = StoredAttributes(user: ["text": "\"" + String(repeating: "x", count: 200_000) + "\""])
    #expect { _ = try storage.add(NewTrial(state: .running, attributes: large), to: study) as StoredTrial } throws: {
      ($0 as? StorageError)?.kind == .cannotWrite
    }
    #expect(try storage.trials(of: study).map(\.values) == [[1]])
    #expect(try SQLiteStorage(path: path).trials(of: study).count == 1)
  }

  @Test func `two writers at once lose and double nothing`() throws {
    let storages = [try SQLiteStorage(path: path), try SQLiteStorage(path: path)]
    let study = try storages[0].createStudy(named: "s", directions: [.minimize], attributes: StoredAttributes())
    DispatchQueue.concurrentPerform(iterations: 4) { worker in
      for _ in 0..<25 {
        let storage = storages[worker % 2]
        guard let trial = try? storage.add(NewTrial(state: .running), to: study) else { continue }
        try? storage.report(0.5, at: 1, of: trial.id)
        _ = try? storage.finish(trial.id, as: .complete, values: [1], attributes: StoredAttributes(), at: Date())
      }
    }
    let trials = try storages[0].trials(of: study)
    #expect(
      trials.map(\.number) == Array(0..<100) && trials.allSatisfy { $0.state == .complete && $0.reports.count == 1 })
  }

  @Test func `times and distributions read what others write`() throws {
    let storage = try SQLiteStorage(path: path)
    let study = try storage.createStudy(named: "s", directions: [.minimize], attributes: StoredAttributes())
    try DatabaseQueue(path: path).write { db in
      try db.execute(
        sql: "INSERT INTO trials VALUES (1, 0, ?, 'COMPLETE', '2026-02-28T23:59:59.5', '2026-03-01 00:00:00')",
        arguments: [study.rawValue])
      try db.execute(sql: #"INSERT INTO trial_params VALUES (1, 1, 'a', 0.5, '{"type":"float","low":0,"high":1}')"#)
      try db.execute(
        sql:
          #"INSERT INTO trial_params VALUES (2, 1, 'b', 1, '{"name": "IntUniformDistribution", "attributes": {"low": 1, "high": 5, "step": 2}}')"#
      )
    }
    let trial = try #require(try storage.trials(of: study).first)
    #expect(trial.end?.timeIntervalSince(trial.start!) == 0.5)
    #expect(trial.end == Date(timeIntervalSince1970: 1_772_323_200))
    #expect(
      trial.parameters.map(\.distribution) == [
        .float(low: 0, high: 1, step: nil, log: false), .int(low: 1, high: 5, step: 2, log: false),
      ])
  }
}
