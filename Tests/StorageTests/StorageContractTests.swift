import Foundation
import GRDB
import Storage
import Testing

/// What every storage owes.
@Suite struct StorageContractTests {
  enum Kind: CaseIterable {
    case memory, sqlite, postgreSQL

    /// Those that can be had on this machine; what is missing has been said aloud.
    static let available = allCases.filter { $0 != .postgreSQL || PostgreSQLServer.installed != nil }
  }

  static func storage(_ kind: Kind) throws -> any StudyStorage {
    switch kind {
    case .memory: MemoryStorage()
    case .sqlite: try SQLiteStorage(path: temporaryFile())
    case .postgreSQL: try PostgreSQLStorage(#require(PostgreSQLServer.shared).database())
    }
  }

  static func temporaryFile() -> String {
    NSTemporaryDirectory() + "attune-\(UUID().uuidString).db"
  }

  static let parameters = [
    StoredParameter("rate", 0.01, .float(low: 1e-5, high: 1, step: nil, log: true)),
    StoredParameter("layers", 3, .int(low: 1, high: 4, step: 1, log: false)),
    StoredParameter("kind", 2, .categorical([.text("a \"quoted\" ü"), .null, .bool(true), .int(3), .float(0.5)])),
  ]

  @Test(arguments: Kind.available)
  func `a study comes back as it was made`(kind: Kind) throws {
    let storage = try Self.storage(kind)
    let attributes = StoredAttributes(user: ["note": "\"a b\""], system: ["study:metric_names": "[\"loss\"]"])
    let id = try storage.createStudy(named: "one", directions: [.minimize, .maximize], attributes: attributes)
    _ = try storage.createStudy(named: "two", directions: [.maximize], attributes: StoredAttributes())
    let study = try #require(try storage.study(named: "one"))
    #expect(study.id == id && study.directions == [.minimize, .maximize] && study.attributes == attributes)
    #expect(try storage.studies().map(\.name) == ["one", "two"])
    #expect(try storage.study(named: "three") == nil)
  }

  @Test(arguments: Kind.available)
  func `what is searched for can be said anew`(kind: Kind) throws {
    let storage = try Self.storage(kind)
    let id = try storage.createStudy(named: "one", directions: [.minimize], attributes: StoredAttributes())
    let other = try storage.createStudy(named: "two", directions: [.minimize], attributes: StoredAttributes())
    try storage.setDirections([.maximize, .minimize], of: id)
    #expect(try storage.study(named: "one")?.directions == [.maximize, .minimize])
    try storage.setDirections([.maximize], of: id)
    #expect(try storage.study(named: "one")?.directions == [.maximize])
    #expect(try storage.study(named: "two")?.id == other && storage.study(named: "two")?.directions == [.minimize])
  }

  @Test(arguments: Kind.available)
  func `a name is taken once`(kind: Kind) throws {
    let storage = try Self.storage(kind)
    let id = try storage.createStudy(named: "one", directions: [.minimize], attributes: StoredAttributes())
    _ = try storage.createStudy(named: "two", directions: [.minimize], attributes: StoredAttributes())
    #expect(throws: StorageError.self) {
      try storage.createStudy(named: "one", directions: [.minimize], attributes: StoredAttributes())
    }
    #expect(throws: StorageError.self) { try storage.renameStudy(id, to: "two") }
    try storage.renameStudy(id, to: "three")
    #expect(try storage.studies().map(\.name) == ["three", "two"])
  }

  @Test(arguments: Kind.available)
  func `a trial has the number given, if there are as many as expected`(kind: Kind) throws {
    let storage = try Self.storage(kind)
    let study = try storage.createStudy(named: "s", directions: [.minimize], attributes: StoredAttributes())
    let new = NewTrial(state: .running)
    #expect(try storage.add(new, to: study, expecting: 0, numbered: 7)?.number == 7)
    #expect(try storage.add(new, to: study, expecting: 2, numbered: 9) == nil)
    #expect(try storage.add(new, to: study, expecting: 1, numbered: 8)?.number == 8)
    #expect(try storage.add(new, to: study, expecting: 2, numbered: 3)?.number == 3)
    #expect(try storage.add(new, to: study, expecting: 3, numbered: 9)?.number == 9)
    #expect(Set(try storage.trials(of: study).map(\.number)) == [3, 7, 8, 9])
  }

  @Test(arguments: Kind.available)
  func `news are new trials and those that changed hands or ended`(kind: Kind) throws {
    let storage = try Self.storage(kind)
    let study = try storage.createStudy(named: "s", directions: [.minimize], attributes: StoredAttributes())
    let other = try storage.createStudy(named: "other", directions: [.minimize], attributes: StoredAttributes())
    func owner(_ name: String) -> StoredAttributes { StoredAttributes(system: [StoredTrial.ownerKey: "\"\(name)\""]) }
    for index in 0..<4 {
      _ = try storage.add(
        NewTrial(state: .running, parameters: Self.parameters, attributes: owner("a\(index)")), to: study)
    }
    let first = try storage.news(of: study, after: nil, and: [])
    #expect(
      first.map(\.number) == [0, 1, 2, 3]
        && first.allSatisfy { $0.state == .running && $0.parameters == Self.parameters })
    let known = first.map { KnownTrial($0.id, version: $0.version) }
    let newest = try #require(first.last).id
    // Where versions are told, nothing has changed yet; elsewhere the unfinished ones are read again.
    let unchanged = try storage.news(of: study, after: newest, and: known)
    #expect(unchanged.isEmpty || first.allSatisfy { $0.version == nil })

    try storage.report(0.5, at: 1, of: first[0].id)
    #expect(
      try storage.finish(
        first[0].id, as: .complete, values: [0.25], attributes: StoredAttributes(user: ["reason": "\"x\""]), at: Date(),
        owner: nil))
    #expect(try storage.release(first[1].id, attributes: StoredAttributes(system: ["fixed_params": "{}"]), owner: nil))
    // Given back and taken by another one between two looks.
    #expect(try storage.release(first[2].id, attributes: StoredAttributes(), owner: nil))
    #expect(try storage.claim(first[2].id, parameters: Self.parameters, attributes: owner("b"), at: Date()))
    _ = try storage.add(NewTrial(state: .waiting), to: study)
    _ = try storage.add(NewTrial(state: .running), to: other)

    let news = try storage.news(of: study, after: newest, and: known).filter { $0.number != 3 }
    let full = try storage.trials(of: study)
    #expect(news.map(\.number) == [0, 1, 2, 4])
    for trial in news {
      let same = full[trial.number]
      #expect(trial.state == same.state && trial.values == same.values && trial.attributes == same.attributes)
      #expect(trial.parameters == same.parameters && trial.version == same.version && trial.start == same.start)
      if trial.state != .running { #expect(trial.reports == same.reports) }
    }
    #expect(news[0].reports == [1: 0.5] && news[0].values == [0.25])
  }

  @Test(arguments: Kind.available)
  func `a trial's life`(kind: Kind) throws {
    let storage = try Self.storage(kind)
    let study = try storage.createStudy(named: "s", directions: [.minimize], attributes: StoredAttributes())
    let start = Date(timeIntervalSince1970: 1_800_000_000.25)
    let trial = try storage.add(
      NewTrial(
        state: .running, parameters: Self.parameters, attributes: StoredAttributes(system: ["k": "1"]), start: start),
      to: study)
    #expect(trial.number == 0)
    try storage.report(0.5, at: 1, of: trial.id)
    try storage.report(.nan, at: 2, of: trial.id)
    try storage.report(-.infinity, at: 3, of: trial.id)
    try storage.report(0.25, at: 1, of: trial.id)
    try storage.beat([trial.id])
    #expect(
      try storage.finish(
        trial.id, as: .complete, values: [.infinity], attributes: StoredAttributes(user: ["reason": "\"x\""]),
        at: start.addingTimeInterval(2)))
    #expect(try !storage.finish(trial.id, as: .failed, values: [], attributes: StoredAttributes(), at: start))
    let kept = try #require(try storage.trials(of: study).first)
    #expect(kept.state == .complete && kept.values == [.infinity] && kept.parameters == Self.parameters)
    #expect(kept.reports[1] == 0.25 && kept.reports[2]?.isNaN == true && kept.reports[3] == -.infinity)
    #expect(kept.attributes == StoredAttributes(user: ["reason": "\"x\""], system: ["k": "1"]))
    #expect(kept.start == start && kept.end == start.addingTimeInterval(2))
  }

  @Test(arguments: Kind.available)
  func `a waiting trial is claimed once and can be released`(kind: Kind) throws {
    let storage = try Self.storage(kind)
    let study = try storage.createStudy(named: "s", directions: [.minimize], attributes: StoredAttributes())
    let trial = try storage.add(NewTrial(state: .waiting), to: study)
    #expect(try storage.claim(trial.id, parameters: Self.parameters, attributes: StoredAttributes(), at: Date()))
    #expect(try !storage.claim(trial.id, parameters: [], attributes: StoredAttributes(), at: Date()))
    #expect(try storage.release(trial.id, attributes: StoredAttributes(system: ["fixed_params": "{}"])))
    #expect(try !storage.release(trial.id, attributes: StoredAttributes()))
    let kept = try storage.trials([trial.id])[0]
    #expect(kept.state == .waiting && kept.start == nil && kept.attributes.system["fixed_params"] == "{}")
  }

  @Test(arguments: Kind.available)
  func `numbers have no gaps, and news can be asked for`(kind: Kind) throws {
    let storage = try Self.storage(kind)
    let study = try storage.createStudy(named: "s", directions: [.minimize], attributes: StoredAttributes())
    let other = try storage.createStudy(named: "o", directions: [.minimize], attributes: StoredAttributes())
    var trials: [StoredTrial] = []
    for index in 0..<6 {
      trials.append(try storage.add(NewTrial(state: index == 1 ? .running : .complete, values: [1]), to: study))
      _ = try storage.add(NewTrial(state: .complete, values: [1]), to: other)
    }
    #expect(trials.map(\.number) == Array(0..<6))
    #expect(try storage.trials(of: study, after: trials[3].id, and: []).map(\.number) == [4, 5])
    #expect(try storage.trials(of: study, after: trials[3].id, and: [trials[1].id]).map(\.number) == [1, 4, 5])
    #expect(try storage.add(NewTrial(state: .running), to: study, expecting: 5) == nil)
    #expect(try storage.study(named: "s")?.counts == [.complete: 5, .running: 1])
    try storage.deleteStudy(study)
    #expect(try storage.study(named: "s") == nil)
    #expect(try storage.trials(of: other).count == 6)
    #expect(throws: StorageError.self) { try storage.trials([trials[0].id]) }
  }

  @Test(arguments: Kind.available)
  func `a trial is changed only by who holds it`(kind: Kind) throws {
    let storage = try Self.storage(kind)
    let study = try storage.createStudy(named: "s", directions: [.minimize], attributes: StoredAttributes())
    func owner(_ name: String) -> StoredAttributes { StoredAttributes(system: [StoredTrial.ownerKey: "\"\(name)\""]) }
    let trial: StoredTrial = try storage.add(NewTrial(state: .running, attributes: owner("a")), to: study)
    #expect(try !storage.release(trial.id, attributes: StoredAttributes(), owner: "\"b\""))
    #expect(try storage.release(trial.id, attributes: StoredAttributes(), owner: "\"a\""))
    #expect(try storage.claim(trial.id, parameters: Self.parameters, attributes: owner("b"), at: Date()))
    let none = StoredAttributes()
    #expect(try !storage.finish(trial.id, as: .complete, values: [1], attributes: none, at: Date(), owner: "\"a\""))
    #expect(try storage.trials([trial.id])[0].state == .running)
    #expect(try storage.finish(trial.id, as: .complete, values: [2], attributes: none, at: Date(), owner: "\"b\""))
    let kept = try storage.trials([trial.id])[0]
    #expect(kept.values == [2] && kept.parameters == Self.parameters && kept.heartbeat == nil)
  }
}
