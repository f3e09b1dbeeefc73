import Foundation
import GRDB
import Storage
import Testing

/// Files whose rows and bytes anybody may have written: they are read as far as they go, or refused in words.
@Suite struct DamagedRowsTests {
  private static let places: [(table: String, column: String)] = [
    ("studies", "study_name"), ("study_directions", "direction"), ("study_directions", "objective"),
    ("study_user_attributes", "key"), ("study_user_attributes", "value_json"), ("study_system_attributes", "key"),
    ("study_system_attributes", "value_json"), ("trials", "number"), ("trials", "state"),
    ("trials", "datetime_start"), ("trials", "datetime_complete"), ("trial_params", "param_name"),
    ("trial_params", "param_value"), ("trial_params", "distribution_json"), ("trial_values", "objective"),
    ("trial_values", "value"), ("trial_values", "value_type"), ("trial_intermediate_values", "step"),
    ("trial_intermediate_values", "intermediate_value"), ("trial_intermediate_values", "intermediate_value_type"),
    ("trial_user_attributes", "key"), ("trial_user_attributes", "value_json"), ("trial_heartbeats", "heartbeat"),
  ]
  /// As SQL.
  private static let values = [
    "NULL", "'x'", "''", "X'00FF80'", "-1", "12345", "9223372036854775807", "-9223372036854775808", "1e308", "-1e308",
    "9e999", "'9999999999999-99-99 99:99:99'", "'Infinity'", "'[[[[[['", "'{\"name\": \"IntDistribution\"}'",
    "'{\"name\": \"IntDistribution\", \"attributes\": {\"low\": -9223372036854775808, \"high\": 9223372036854775807}}'",
    "'{\"name\": \"CategoricalDistribution\", \"attributes\": {\"choices\": [NaN, [1, 2], {\"a\": null}]}}'",
  ]

  private static let parameters = StorageContractTests.parameters

  /// A file with two studies of three trials.
  private static func sample() throws -> String {
    let path = StorageContractTests.temporaryFile()
    let storage = try SQLiteStorage(path: path)
    for name in ["one", "two"] {
      let study = try storage.createStudy(
        named: name, directions: [.minimize], attributes: StoredAttributes(user: ["a": "1"], system: ["b": "2"]))
      for index in 0..<3 {
        let trial = try storage.add(
          NewTrial(
            state: .running, parameters: parameters, attributes: StoredAttributes(user: ["note": "\"n\""]),
            start: Date(timeIntervalSince1970: 1e9)), to: study)
        try storage.report(0.5, at: 1, of: trial.id)
        if index < 2 {
          _ = try storage.finish(
            trial.id, as: .complete, values: [Double(index)], attributes: StoredAttributes(),
            at: Date(timeIntervalSince1970: 1e9 + 5))
        }
      }
    }
    storage.settle()
    return path
  }

  private static func read(_ path: String) throws -> (studies: [StoredStudy], trials: [[StoredTrial]], damage: [String])
  {
    let storage = try SQLiteStorage(path: path)
    let studies = try storage.studies()
    return (studies, try studies.map { try storage.trials(of: $0.id) }, storage.takeDamage())
  }

  @Test(arguments: places.indices)
  func `any value in any column is read or named, and the rest is kept`(index: Int) throws {
    let (table, column) = Self.places[index]
    let whole = try Self.sample()
    for value in Self.values {
      let path = StorageContractTests.temporaryFile()
      try FileManager.default.copyItem(atPath: whole, toPath: path)
      defer { try? FileManager.default.removeItem(atPath: path) }
      let database = try DatabaseQueue(path: path)
      // Where the schema itself forbids a value, nobody could have put it there.
      let changed: Void? = try? database.write { db in
        let first = try Int64.fetchOne(db, sql: "SELECT min(rowid) FROM \(table)") ?? 0
        try db.execute(sql: "UPDATE \(table) SET \"\(column)\" = \(value) WHERE rowid = \(first)")
      }
      try database.close()
      if changed == nil { continue }
      let found = try Self.read(path)
      let names = found.studies.map(\.name)
      #expect(names.contains("two"), "\(table).\(column) = \(value)")
      let second = try #require(names.firstIndex(of: "two"))
      #expect(found.trials[second].count == 3)
      if let first = names.firstIndex(of: "one") { #expect(found.trials[first].count == 3) }
      // A study without a name that is a text is left out, and said.
      #expect(names.contains("one") || names.count == 2 || !found.damage.isEmpty)
    }
  }

  @Test func `damage is named with its table and row`() throws {
    let path = try Self.sample()
    try DatabaseQueue(path: path).write { db in
      try db.execute(sql: "UPDATE trials SET datetime_start = 12345 WHERE trial_id = 2")
      try db.execute(sql: "UPDATE trial_params SET param_name = NULL WHERE param_id = 1")
    }
    let damage = try Self.read(path).damage
    #expect(damage.contains { $0.hasSuffix("is damaged: table trials, trial 1: datetime_start is not a date") })
    #expect(damage.contains { $0.hasSuffix("is damaged: table trial_params, trial 0: param_name is missing") })
  }

  @Test(arguments: [
    ("UPDATE trial_params SET param_value = 1e300 WHERE param_name = 'layers'", "'layers' is not a whole number"),
    ("UPDATE trial_params SET param_value = 2.5 WHERE param_name = 'layers'", "'layers' is not a whole number"),
    ("UPDATE trial_params SET param_value = 7 WHERE param_name = 'kind'", "'kind' is not one of its choices"),
    ("DELETE FROM study_directions", "'one' has no direction"),
    ("UPDATE study_directions SET objective = 1", "the objectives of 'one' are not numbered"),
    ("UPDATE study_directions SET direction = 'UP'", "a direction is neither MINIMIZE nor MAXIMIZE"),
  ])
  func `what cannot be is named`(change: String, said: String) throws {
    let path = try Self.sample()
    try DatabaseQueue(path: path).write { db in try db.execute(sql: change) }
    let found = try Self.read(path)
    #expect(found.damage.contains { $0.contains(said) }, "\(found.damage)")
    #expect(found.trials.map(\.count) == [3, 3])
  }

  @Test(arguments: [UInt64(1), 2, 3])
  func `a file with changed bytes is read or refused in words`(seed: UInt64) throws {
    let whole = try Data(contentsOf: URL(fileURLWithPath: Self.sample()))
    var state = seed
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    for _ in 0..<60 {
      var bytes = whole
      for _ in 0..<(1 + next(3)) { bytes[next(bytes.count)] = UInt8(next(256)) }
      if next(8) == 0 { bytes = bytes.prefix(next(bytes.count)) }
      let path = StorageContractTests.temporaryFile()
      try bytes.write(to: URL(fileURLWithPath: path))
      defer { for ending in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + ending) } }
      do { _ = try Self.read(path) } catch let error as StorageError { #expect(!error.message.isEmpty) }
    }
  }

  @Test func `JSON is read as Python writes it, and nothing else is`() {
    #expect(LooseJSON("[NaN, Infinity, -Infinity]")?.list?.count == 3)
    #expect(
      LooseJSON("9223372036854775807") == .int(.max)
        && LooseJSON("9223372036854775808") == .float(9.223372036854775808e18))
    #expect(LooseJSON("\"\\ud83d\\ude00 \\u00e9\"") == .text("😀 é"))
    for text in ["", "[", "{\"a\"", "nul", "1 2", "+1", "[1,]", "\"\\x\"", String(repeating: "[", count: 100_000)] {
      #expect(LooseJSON(text) == nil, "\(text.prefix(20))")
    }
  }

  @Test func `a file that goes, is replaced or is cut is noticed at the next step`() throws {
    for way in ["deleted", "replaced", "cut"] {
      let path = try Self.sample()
      let storage = try SQLiteStorage(path: path)
      let study = try #require(try storage.studies().first)
      switch way {
      case "deleted": try FileManager.default.removeItem(atPath: path)
      case "replaced":
        let other = try Self.sample()
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.moveItem(atPath: other, toPath: path)
      default: try FileHandle(forWritingTo: URL(fileURLWithPath: path)).truncate(atOffset: 8192)
      }
      let error = #expect(throws: StorageError.self, "\(way)") {
        try storage.add(NewTrial(state: .running), to: study.id)
      }
      #expect(error?.kind == .fileChanged, "\(way)")
    }
  }
}
