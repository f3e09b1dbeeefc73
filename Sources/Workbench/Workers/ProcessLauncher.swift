import CSpawn
import Foundation
import Studies
import Synchronization
import Vocabulary

/// Workers as processes of this machine. They are sessions of their own: a kernel that ends leaves them running.
package struct ProcessLauncher: WorkerLauncher {
  package static let syntax = Syntax(
    "processes", "workers on this machine, which go on when the notebook is closed",
    options: [Option("count", .int(1...1024), default: .int(2), "how many")], example: "workers=processes(4)")

  package let count: Int

  package init(_ call: Call) { count = call.int("count", Self.syntax)! }

  package func launch(_ order: WorkerOrder) throws -> [WorkerJob] {
    // The machine's cores are shared out; the number of threads changes no result.
    let threads = max(1, Machine.cores / count)
    return try (1...count).map { index in
      let log = "\(order.folder)/\(WorkerOrder.logs)/\(order.label)-\(index).log"
      let process = try DetachedProcess.start(order.command + ["--threads", "\(threads)"], in: order.folder, log: log)
      return WorkerJob(
        launcher: Self.syntax.name, id: "\(process)", log: log, host: ProcessIdentity.host,
        begun: ProcessIdentity.beginning(of: process))
    }
  }

  package static func states(of jobs: [WorkerJob]) -> [String: WorkerState] {
    var states: [String: WorkerState] = [:]
    for job in jobs where job.host == ProcessIdentity.host {
      guard let process = Int32(job.id) else { continue }
      if let failure = DetachedProcess.end(of: process) {
        states[job.id] = .ended(failure: failure.isEmpty ? nil : failure)
      } else {
        states[job.id] = isAlive(job) ? .running : .ended(failure: nil)
      }
    }
    return states
  }

  package static func cancel(_ jobs: [WorkerJob]) {
    for job in jobs where job.host == ProcessIdentity.host && isAlive(job) {
      if let process = Int32(job.id) { kill(process, SIGTERM) }
    }
  }

  private static func isAlive(_ job: WorkerJob) -> Bool {
    Int32(job.id).flatMap(ProcessIdentity.beginning(of:)).map { $0 == job.begun } ?? false
  }
}

/// Processes that outlive the one that started them.
enum DetachedProcess {
  /// How those that were started here have ended.
  private static let ends = Mutex<[Int32: String]>([:])

  /// In a session of its own, with nothing open but its log. Throws a `Files.Refusal`.
  static func start(_ command: [String], in folder: String, log: String) throws -> Int32 {
    let output = try WorkerLog.open(log)
    defer { close(output) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // First of all: the log may have taken the number of a standard descriptor that was closed.
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addchdir_np(&actions, folder)
    posix_spawn_file_actions_addclosefrom_np(&actions, 3)

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // The kernel blocks the signals that it reads from a descriptor; a child would inherit that.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK) | attune_spawn_in_own_session)

    var process: pid_t = 0
    let arguments = command.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    let status = posix_spawn(&process, command[0], &actions, &attributes, arguments, environ)
    if status != 0 {
      throw Files.Refusal(message: "a worker cannot be started: " + String(cString: strerror(status)), hint: nil)
    }
    return process
  }

  /// Of a process that was started here and has ended: "" after success, else how it failed. nil of others.
  static func end(of process: Int32) -> String? {
    ends.withLock { ends in
      if let known = ends[process] { return known }
      var status: Int32 = 0
      guard waitpid(process, &status, WNOHANG) == process else { return nil }
      let signal = status & 0x7F
      let code = (status >> 8) & 0xFF
      ends[process] = WorkerState.failure(status: code, signal: signal) ?? ""
      return ends[process]
    }
  }
}
