import Vocabulary

/// Starts workers of a study somewhere, and knows what becomes of them.
///
/// A worker is `attune worker` with a storage and a study: whatever starts processes can start one.
package protocol WorkerLauncher: Sendable {
  init(_ call: Call)

  /// How many it starts.
  var count: Int { get }
  /// Throws a `Files.Refusal` where they cannot be started; then none is.
  func launch(_ order: WorkerOrder) throws -> [WorkerJob]

  /// What has become of jobs, by their id. One that is not in the answer cannot be seen from here.
  static func states(of jobs: [WorkerJob]) -> [String: WorkerState]
  /// Asks them to end; each gives its running trial back.
  static func cancel(_ jobs: [WorkerJob])
}

/// What a launcher is to start.
package struct WorkerOrder: Sendable {
  /// The program and what stands behind it, the same for each worker.
  package var command: [String]
  /// Where workers run: the notebook's folder, as files are named from there.
  package var folder: String
  /// The study's name as part of a file's name.
  package var label: String

  /// Where what workers say is kept, made if it is not there.
  package static let logs = "attune-logs"
}

/// A worker as its launcher knows it; kept with the study, so that another notebook can ask and cancel.
package struct WorkerJob: Codable, Hashable, Sendable {
  /// The launcher's word.
  package var launcher: String
  package var id: String
  package var log: String
  /// Of a process: the host it runs on, and when it began.
  package var host: String?
  package var begun: String?

  package var name: String { "\(launcher) \(id)" }
}

package enum WorkerState: Sendable, Hashable {
  /// In a scheduler's queue.
  case waiting
  case running
  /// With the reason if it was not as it should be.
  case ended(failure: String?)

  package var isEnded: Bool { if case .ended = self { true } else { false } }

  /// How a worker's process failed, from its exit status and the signal that killed it; nil where it did not.
  static func failure(status: Int32, signal: Int32) -> String? {
    if signal != 0 { return "was killed by signal \(signal)" }
    // As a shell says SIGINT; `attune worker` answers so to SIGTERM too.
    if status == 130 { return "was asked to end, by a signal or by its time, and gave its trial back" }
    return status == 0 ? nil : "ended with status \(status)"
  }
}

/// The launchers there are: what `workers=` takes.
package enum WorkerLaunchers {
  package struct Entry: Sendable {
    package var syntax: Syntax
    package var launcher: any WorkerLauncher.Type
  }

  package static let all: [Entry] = [
    Entry(syntax: ProcessLauncher.syntax, launcher: ProcessLauncher.self),
    Entry(syntax: SlurmLauncher.syntax, launcher: SlurmLauncher.self),
    Entry(syntax: OutsideLauncher.syntax, launcher: OutsideLauncher.self),
  ]

  package static func make(_ call: Call) -> (any WorkerLauncher)? {
    all.first { $0.syntax.name == call.name }?.launcher.init(call)
  }

  package static func states(of jobs: [WorkerJob]) -> [String: WorkerState] {
    each(jobs) { $0.states(of: $1) }.reduce(into: [:]) { $0.merge($1) { $1 } }
  }

  package static func cancel(_ jobs: [WorkerJob]) { _ = each(jobs) { $0.cancel($1) } }

  private static func each<Result>(
    _ jobs: [WorkerJob], _ body: (any WorkerLauncher.Type, [WorkerJob]) -> Result
  ) -> [Result] {
    all.compactMap { entry in
      let own = jobs.filter { $0.launcher == entry.syntax.name }
      return own.isEmpty ? nil : body(entry.launcher, own)
    }
  }
}
