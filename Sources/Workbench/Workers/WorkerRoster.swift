import Foundation
import Language
import Studies
import Vocabulary

/// The workers of a study: started, kept with it as a note, found again by another notebook of the same user.
struct WorkerRoster {
  let study: Study
  private(set) var jobs: [WorkerJob]

  private static let note = "workers"

  /// Those that the study says it has and that this user has started: the study may say anything.
  init(of study: Study) throws {
    self.study = study
    let said = try study.note(Self.note).flatMap { try? JSONDecoder().decode([WorkerJob].self, from: Data($0.utf8)) }
    guard let said, !said.isEmpty else {
      jobs = []
      return
    }
    let own = WorkerRecord().jobs(of: study)
    jobs = said.filter(own.contains)
  }

  /// Starts new ones.
  init(of study: Study, by launcher: any WorkerLauncher, share: WorkerShare) throws {
    self.study = study
    let folder = Files.workingFolder
    try? FileManager.default.createDirectory(atPath: folder + "/" + WorkerOrder.logs, withIntermediateDirectories: true)
    let label = String(study.name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }.prefix(60))
    jobs = try launcher.launch(WorkerOrder(command: Self.command(for: study, share), folder: folder, label: label))
    WorkerRecord().add(jobs, of: study)
    try keep()
  }

  private func keep() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    try study.setNote(Self.note, String(decoding: try encoder.encode(jobs), as: UTF8.self))
  }

  /// What starts one worker of a study. A name or a path may begin with a dash: it is never an option.
  static func command(for study: Study, _ share: WorkerShare) -> [String] {
    let program = (try? ProgramFile.path()) ?? "attune"
    return [program, "worker", "--storage=\(study.storage.place)", "--study=\(study.name)"] + share.arguments
  }

  /// The same as a shell takes it.
  static func line(for study: Study, _ share: WorkerShare) -> String {
    command(for: study, share).map(ShellWord.quoted).joined(separator: " ")
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
}
