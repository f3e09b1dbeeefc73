import Foundation
import Language
import Studies
import Vocabulary

/// The workers of a study: started, kept with it as a note, found again by another notebook.
struct WorkerRoster {
  let study: Study
  private(set) var jobs: [WorkerJob]

  private static let note = "workers"

  /// Those that the study says it has.
  init(of study: Study) throws {
    self.study = study
    jobs = try study.note(Self.note).flatMap { try? JSONDecoder().decode([WorkerJob].self, from: Data($0.utf8)) } ?? []
  }

  /// Starts new ones.
  init(of study: Study, by launcher: any WorkerLauncher) throws {
    self.study = study
    let folder = Files.workingFolder
    try? FileManager.default.createDirectory(atPath: folder + "/" + WorkerOrder.logs, withIntermediateDirectories: true)
    let label = String(study.name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }.prefix(60))
    jobs = try launcher.launch(WorkerOrder(command: Self.command(for: study), folder: folder, label: label))
    try keep()
  }

  private func keep() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    try study.setNote(Self.note, String(decoding: try encoder.encode(jobs), as: UTF8.self))
  }

  /// What starts one worker of a study.
  static func command(for study: Study) -> [String] {
    let program = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "attune"
    return [program, "worker", "--storage", study.storage.place, "--study", study.name]
  }

  func states() -> [String: WorkerState] { WorkerLaunchers.states(of: jobs) }

  /// Those that run or wait in a queue.
  func living() -> [WorkerJob] {
    let states = states()
    return jobs.filter { states[$0.id].map { !$0.isEnded } ?? false }
  }

  func cancel() { WorkerLaunchers.cancel(jobs) }

  /// Ends what waits in a queue for nothing any more.
  func cancelWaiting() {
    let states = states()
    WorkerLaunchers.cancel(jobs.filter { states[$0.id] == .waiting })
  }

  /// The last line that a worker wrote, if it can be read from here.
  static func lastLine(of job: WorkerJob) -> String? {
    guard let content = FileManager.default.contents(atPath: job.log) else { return nil }
    return String(decoding: content.suffix(4096), as: UTF8.self).split(separator: "\n").last.map {
      String($0.prefix(200))
    }
  }
}
