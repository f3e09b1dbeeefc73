import CSpawn
import Foundation

/// A program that was started for a trial, in a session and process group of its own.
///
/// Used by one thread. Its standard output is read here, its standard error goes to the log.
final class ProgramProcess {
  private let process: pid_t
  private let output: Int32
  private let log: Int32
  private var status: Int32?

  /// Throws a `Files.Refusal` if there is no such program, or it cannot be started.
  init(_ arguments: [String], in folder: String, log path: String, environment: [String: String]) throws {
    log = try WorkerLog.open(path)
    var ends: [Int32] = [-1, -1]
    // Not closed at exec: every child closes all but its own.
    guard pipe(&ends) == 0 else {
      close(log)
      throw Files.Refusal(message: "a program cannot be started: " + String(cString: strerror(errno)), hint: nil)
    }
    output = ends[0]
    defer { close(ends[1]) }
    do {
      process = try Self.start(arguments, in: folder, output: ends[1], errors: log, environment)
    } catch {
      close(output)
      close(log)
      throw error
    }
  }

  deinit {
    close(output)
    close(log)
  }

  private static func start(
    _ arguments: [String], in folder: String, output: Int32, errors: Int32, _ environment: [String: String]
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addchdir_np(&actions, folder)
    // Moved out of the way first: they may have the numbers of standard descriptors that were closed.
    posix_spawn_file_actions_adddup2(&actions, output, 1001)
    posix_spawn_file_actions_adddup2(&actions, errors, 1002)
    posix_spawn_file_actions_adddup2(&actions, 1001, 1)
    posix_spawn_file_actions_adddup2(&actions, 1002, 2)
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addclosefrom_np(&actions, 3)

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // The kernel blocks and ignores signals of its own; a child would inherit that.
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF) | attune_spawn_in_own_session)

    var process: pid_t = 0
    let words = arguments.map { strdup($0) } + [nil]
    let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in words + variables { free(text) } }
    let status = posix_spawnp(&process, arguments[0], &actions, &attributes, words, variables)
    guard status == 0 else {
      let reason = String(cString: strerror(status))
      throw Files.Refusal(
        message: "the program '\(arguments[0])' cannot be started: \(reason)",
        hint: status == ENOENT ? "it is neither in the notebook's folder nor on PATH" : nil)
    }
    return process
  }

  /// What the program has printed since, waiting for it at most `milliseconds`; nil once the program has ended and everything
  /// was read. What it prints is written to the log too.
  func read(waiting milliseconds: Int32) -> [UInt8]? {
    var entry = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
    // Asked first: what was printed before the end is there after it.
    let hasEnded = reaped()
    guard poll(&entry, 1, hasEnded ? 0 : milliseconds) > 0 else { return hasEnded ? nil : [] }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = Glibc.read(output, &bytes, bytes.count)
    guard count > 0 else {
      // Closed by a program that goes on: its end is what counts.
      if !hasEnded { usleep(useconds_t(milliseconds) * 1000) }
      return hasEnded ? nil : []
    }
    bytes.removeLast(bytes.count - count)
    var written = 0
    while written < count {
      let more = bytes[written...].withUnsafeBytes { write(log, $0.baseAddress, $0.count) }
      guard more > 0 else { break }
      written += more
    }
    return bytes
  }

  /// How it failed, once it has ended; nil after success.
  var failure: String? {
    status.flatMap { WorkerState.failure(status: ($0 >> 8) & 0xFF, signal: $0 & 0x7F) }
  }

  /// Asks the whole group to end, and ends it after 0.7 seconds: a kernel that ends itself waits for a second. Returns when the
  /// program is gone.
  func end() {
    if !reaped() {
      kill(-process, SIGTERM)
      for _ in 0..<35 where !reaped() { usleep(20_000) }
    }
    // Also what it has started and left behind.
    kill(-process, SIGKILL)
    if status == nil {
      var last: Int32 = 0
      while waitpid(process, &last, 0) < 0, errno == EINTR {}
      status = last
    }
  }

  private func reaped() -> Bool {
    if status != nil { return true }
    var last: Int32 = 0
    let answer = waitpid(process, &last, WNOHANG)
    if answer == process { status = last }
    // Somebody else has taken its end: nothing is known of it.
    if answer < 0, errno == ECHILD { status = 0 }
    return status != nil
  }
}
