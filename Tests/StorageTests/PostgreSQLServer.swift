import Foundation
import Testing

/// A PostgreSQL server of the tests' own, on loopback in a temporary folder, that ends with them. Each database is new.
final class PostgreSQLServer: Sendable {
  /// nil where none is installed or none can be started; the reason has been recorded.
  static let shared: PostgreSQLServer? = {
    guard let programs = installed else { return nil }
    do {
      let server = try PostgreSQLServer(programs)
      atexit { try? PostgreSQLServer.shared?.control("immediate", "stop") }
      return server
    } catch {
      Issue.record("PostgreSQL is installed in \(programs) and did not start: \(error)")
      return nil
    }
  }()

  /// The folder of its programs, the newest of several.
  static let installed: String? = {
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
    let newest = versions.compactMap { Int($0) }.max().map { "/usr/lib/postgresql/\($0)/bin" }
    let found = newest.flatMap { FileManager.default.isExecutableFile(atPath: $0 + "/pg_ctl") ? $0 : nil }
    if found == nil {
      FileHandle.standardError.write(
        Data(
          """

          ***************************************************************************************************
          * No PostgreSQL server is installed: what studies in PostgreSQL owe IS NOT TESTED in this run.
          * apt-get install postgresql     brings one; the tests start it themselves.
          ***************************************************************************************************


          """.utf8))
    }
    return found
  }()

  private let programs: String
  private let folder: String
  private let port: Int

  private init(_ programs: String) throws {
    self.programs = programs
    folder = NSTemporaryDirectory() + "attune-postgres-\(UUID().uuidString)"
    port = try Self.freePort()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    if getuid() == 0 { try Self.run(["chown", "postgres", folder]) }
    try run("initdb", "-D", folder + "/data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
    try control("fast", "start")
  }

  /// A new database's address.
  func database() throws -> String {
    let name = "d" + UUID().uuidString.lowercased().replacingOccurrences(of: "-", with: "")
    try sql("CREATE DATABASE \(name)", in: "postgres")
    return "postgresql://postgres@127.0.0.1:\(port)/\(name)"
  }

  /// A line a row, columns by `|`.
  @discardableResult
  func sql(_ statement: String, in database: String) throws -> String {
    let name = database.split(separator: "/").last.map(String.init) ?? database
    return try run(
      "psql", "-h", "127.0.0.1", "-p", "\(port)", "-U", "postgres", "-AtX", "-v", "ON_ERROR_STOP=1", "-d", name, "-c",
      statement)
  }

  /// A server for a test that ends it.
  static func another() throws -> PostgreSQLServer {
    guard let installed else { throw Failure(description: "no PostgreSQL server is installed") }
    return try PostgreSQLServer(installed)
  }

  func stop() throws { try control("immediate", "stop") }

  func restart() throws {
    try control("immediate", "stop")
    try control("fast", "start")
  }

  private func control(_ mode: String, _ action: String) throws {
    let options =
      "-c port=\(port) -c listen_addresses=127.0.0.1 -c unix_socket_directories=\(folder) -c max_connections=100"
    try run("pg_ctl", "-D", folder + "/data", "-l", folder + "/log", "-m", mode, "-o", options, "-w", action)
  }

  /// Where the tests run as root, the server runs as the user postgres: it refuses to be root.
  @discardableResult
  private func run(_ program: String, _ arguments: String...) throws -> String {
    let become = getuid() == 0 ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : []
    return try Self.run(become + [programs + "/" + program] + arguments, in: folder)
  }

  @discardableResult
  private static func run(_ command: [String], in folder: String = "/") throws -> String {
    let path = NSTemporaryDirectory() + "attune-output-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    // Not by Foundation's Process: it waits until all who have what it opened are gone, and a server stays.
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, path, O_WRONLY | O_CREAT, 0o644)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    let words = ["env", "-C", folder] + command
    let arguments = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var process: pid_t = 0
    var status: Int32 = -1
    guard posix_spawn(&process, "/usr/bin/env", &actions, nil, arguments, environ) == 0 else {
      throw Failure(description: "env cannot be run")
    }
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    let text = String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    if status != 0 { throw Failure(description: command.joined(separator: " ") + ": " + text) }
    return text.trimmingCharacters(in: .newlines)
  }

  struct Failure: Error, CustomStringConvertible { var description: String }

  private static func freePort() throws -> Int {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let port = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address -> Int? in
        guard bind(socket, address, size) == 0, getsockname(socket, address, &size) == 0 else { return nil }
        return address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { Int($0.pointee.sin_port.bigEndian) }
      }
    }
    guard let port else { throw Failure(description: "no free port") }
    return port
  }
}
