import Foundation
import Storage
import Testing

@Suite(.serialized, .enabled(if: PostgreSQLServer.installed != nil, "no PostgreSQL server is installed"))
struct PostgreSQLStorageTests {
  private let server: PostgreSQLServer
  private let address: String

  init() throws {
    server = try #require(PostgreSQLServer.shared)
    address = try server.database()
  }

  private func study(_ storage: PostgreSQLStorage, _ name: String = "s") throws -> StudyID {
    try storage.createStudy(named: name, directions: [.minimize], attributes: StoredAttributes())
  }

  private static func owner(_ name: String) -> StoredAttributes {
    StoredAttributes(system: [StoredTrial.ownerKey: "\"\(name)\""])
  }

  @Test func `many who open an empty database at once make its tables once`() throws {
    DispatchQueue.concurrentPerform(iterations: 6) { _ in
      do { _ = try PostgreSQLStorage(address) } catch { Issue.record(error) }
    }
    #expect(try server.sql("SELECT COUNT(*) FROM version_info", in: address) == "1")
  }

  @Test(arguments: ["UPDATE version_info SET schema_version = 11", "UPDATE alembic_version SET version_num = 'v9'"])
  func `another schema version is refused`(change: String) throws {
    _ = try PostgreSQLStorage(address)
    try server.sql(change, in: address)
    #expect { try PostgreSQLStorage(address) } throws: { ($0 as? StorageError)?.kind == .otherVersion }
  }

  @Test func `writers at once lose and double nothing, and numbers have no gaps`() throws {
    let study = try study(PostgreSQLStorage(address))
    DispatchQueue.concurrentPerform(iterations: 8) { worker in
      do {
        let storage = try PostgreSQLStorage(address)
        for _ in 0..<25 {
          let trial: StoredTrial = try storage.add(NewTrial(state: .running), to: study)
          try storage.report(0.5, at: 1, of: trial.id)
          #expect(try storage.finish(trial.id, as: .complete, values: [1], attributes: StoredAttributes(), at: Date()))
        }
      } catch { Issue.record(error) }
    }
    let trials = try PostgreSQLStorage(address).trials(of: study)
    #expect(
      trials.map(\.number) == Array(0..<200) && trials.allSatisfy { $0.state == .complete && $0.reports.count == 1 })
  }

  @Test func `a waiting trial is claimed by one of many`() throws {
    let storage = try PostgreSQLStorage(address)
    let study = try study(storage)
    let trials = try (0..<20).map { _ -> StoredTrial in try storage.add(NewTrial(state: .waiting), to: study) }
    let claims = Claims()
    DispatchQueue.concurrentPerform(iterations: 6) { worker in
      do {
        let storage = try PostgreSQLStorage(address)
        for trial in trials
        where try storage.claim(
          trial.id, parameters: StorageContractTests.parameters, attributes: Self.owner("\(worker)"), at: Date())
        {
          claims.add(trial.number)
        }
      } catch { Issue.record(error) }
    }
    #expect(claims.sorted == Array(0..<20))
  }

  @Test func `those who take turns never choose in vain`() throws {
    let study = try study(PostgreSQLStorage(address))
    let conflicts = Claims()
    DispatchQueue.concurrentPerform(iterations: 8) { worker in
      do {
        let storage = try PostgreSQLStorage(address)
        var known: (count: Int, newest: TrialID?) = (0, nil)
        var mine = 0
        while mine < 20 {
          guard let news = try storage.takeTurn(in: study, after: known.newest, and: []) else { continue }
          known = (known.count + news.count, news.last?.id ?? known.newest)
          // Without turns, another one would be here at the same time.
          usleep(500)
          if try storage.add(NewTrial(state: .running), to: study, expecting: known.count) == nil {
            conflicts.add(known.count)
          } else {
            mine += 1
          }
        }
      } catch { Issue.record(error) }
    }
    #expect(conflicts.sorted.isEmpty)
    #expect(try PostgreSQLStorage(address).trials(of: study).map(\.number) == Array(0..<160))
  }

  @Test func `a turn that is not given up holds nobody for good`() throws {
    let (holder, other) = (try PostgreSQLStorage(address), try PostgreSQLStorage(address))
    let study = try study(holder)
    #expect(try holder.takeTurn(in: study, after: nil, and: []) != nil)
    #expect(try other.takeTurn(in: study, after: nil, and: []) == nil)
    #expect(try other.add(NewTrial(state: .running), to: study, expecting: 0) != nil)
    #expect(try holder.add(NewTrial(state: .running), to: study, expecting: 0) == nil)
    // Its attempt has ended its turn.
    #expect(try other.takeTurn(in: study, after: nil, and: [])?.count == 1)
    try other.endTurn()
    #expect(try holder.takeTurn(in: study, after: nil, and: [])?.count == 1)
  }

  @Test func `a server that crashes and comes back costs no finished trial`() throws {
    let server = try PostgreSQLServer.another()
    defer { try? server.stop() }
    let address = try server.database()
    let storage = try PostgreSQLStorage(address)
    let study = try study(storage)
    var trials: [StoredTrial] = []
    for index in 0..<4 {
      let new = NewTrial(state: .running, attributes: Self.owner("\(index)"))
      trials.append(try #require(try storage.add(new, to: study, expecting: index)))
      if index % 2 == 0 {
        #expect(
          try storage.finish(
            trials[index].id, as: .complete, values: [Double(index)], attributes: StoredAttributes(), at: Date(),
            owner: "\"\(index)\""))
      }
      if index == 1 { try server.restart() }
    }
    let kept = try storage.trials(of: study)
    #expect(kept.map(\.number) == [0, 1, 2, 3] && kept.map(\.values) == [[0], [], [2], []])
  }

  @Test func `a session that the server ends is made again`() throws {
    let storage = try PostgreSQLStorage(address)
    let study = try study(storage)
    try server.sql(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'attune' AND datname = current_database()",
      in: address)
    let trial: StoredTrial = try storage.add(NewTrial(state: .running), to: study)
    #expect(trial.number == 0)
  }

  @Test func `a lock that another program holds for too long is said, not waited for`() throws {
    let storage = try PostgreSQLStorage(address, patience: 0, lockLimit: 1)
    let study = try study(storage)
    let holder = Thread { [server, address] in
      _ = try? server.sql("BEGIN; SELECT 1 FROM studies FOR UPDATE; SELECT pg_sleep(600); COMMIT", in: address)
    }
    holder.start()
    let holding =
      "FROM pg_stat_activity WHERE query LIKE 'BEGIN; SELECT 1 FROM%' AND wait_event = 'PgSleep' AND datname = current_database()"
    while try server.sql("SELECT COUNT(*) \(holding)", in: address) == "0" { usleep(20_000) }
    #expect { _ = try storage.add(NewTrial(state: .running), to: study) as StoredTrial } throws: {
      ($0 as? StorageError)?.kind == .busy
    }
    try server.sql("SELECT pg_terminate_backend(pid) \(holding)", in: address)
    #expect(try (storage.add(NewTrial(state: .running), to: study) as StoredTrial).number == 0)
  }

  @Test func `a server that is not there is said within its patience`() {
    #expect { try PostgreSQLStorage("postgresql://postgres@127.0.0.1:1/none") } throws: {
      ($0 as? StorageError)?.kind == .cannotOpen && "\($0)".contains("postgresql://postgres@127.0.0.1:1/none")
    }
  }

  @Test(arguments: [
    "postgresql://me:geheim@127.0.0.1/db", "postgresql://127.0.0.1/db?user=me&password=geheim",
    "postgresql://me:geheim@host:port:1/db",
    "postgresql+psycopg2://me:geheim@127.0.0.1/db",
  ])
  func `a password in an address is refused and not repeated`(text: String) {
    #expect { try PostgreSQLStorage(text) } throws: { $0 is StorageError && !"\($0)".contains("geheim") }
  }

  @Test func `the revision changes when anyone writes, and not when nobody does`() throws {
    let (mine, theirs) = (try PostgreSQLStorage(address), try PostgreSQLStorage(address))
    let study = try study(mine)
    let before = try mine.revision()
    _ = try theirs.add(NewTrial(state: .running), to: study)
    #expect(try mine.revision() != before)
  }

  @Test func `times are read as UTC and heartbeats by the server's clock`() throws {
    let storage = try PostgreSQLStorage(address)
    let study = try study(storage)
    try server.sql(
      "INSERT INTO trials (number, study_id, state, datetime_start) VALUES (0, \(study.rawValue), 'RUNNING', '2026-02-28 23:59:59.5')",
      in: address)
    try server.sql(
      "INSERT INTO trial_heartbeats (trial_id, heartbeat) SELECT trial_id, LOCALTIMESTAMP - interval '90 s' FROM trials",
      in: address)
    let trial = try #require(try storage.trials(of: study).first)
    #expect(trial.start == Date(timeIntervalSince1970: 1_772_323_199.5))
    let age = -(try #require(trial.heartbeat)).timeIntervalSinceNow
    #expect((90..<120).contains(age))
    try storage.beat([trial.id])
    #expect(-(try #require(try storage.trials([trial.id])[0].heartbeat)).timeIntervalSinceNow < 60)
  }
}

/// Numbers that threads collect.
private final class Claims: @unchecked Sendable {
  private let lock = NSLock()
  private var numbers: [Int] = []
  func add(_ number: Int) { lock.withLock { numbers.append(number) } }
  var sorted: [Int] { lock.withLock { numbers.sorted() } }
}
