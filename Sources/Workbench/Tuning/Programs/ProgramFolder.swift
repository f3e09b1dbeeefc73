import Foundation

/// The folder that a trial's program runs in: its own, in which the notebook's files and folders are linked, so that relative
/// names lead where they do in the notebook, and what trials write does not meet.
struct ProgramFolder {
  /// Beside the notebook; a folder for each study is in it, and one for each trial in that.
  static let name = "attune-trials"
  /// The program's standard output and error, in the trial's folder.
  static let log = "output.log"
  /// More entries are not linked: it would take longer than many a trial.
  static let most = 1000

  let path: String
  var log: String { path + "/" + Self.log }

  /// Makes the folder `7`, or `7-2` if that is there from before. Throws a `Files.Refusal`.
  init(study: String, trial: Int) throws {
    let home = Files.workingFolder
    let all = home + "/" + Self.name
    let own = all + "/" + Self.fileName(study)
    for folder in [all, own] where mkdir(folder, 0o755) != 0 && errno != EEXIST { throw Self.refusal(folder) }
    for folder in [all, own] { try WorkerLog.checkFolder(folder) }
    var attempt = 1
    while mkdir(own + "/" + Self.trialName(trial, attempt), 0o755) != 0 {
      guard errno == EEXIST, attempt < 10_000 else { throw Self.refusal(own) }
      attempt += 1
    }
    path = own + "/" + Self.trialName(trial, attempt)
    for entry in Self.entries(of: home) ?? [] { symlink(home + "/" + entry, path + "/" + entry) }
  }

  /// What is linked of a folder; nil if it has too many entries.
  static func entries(of folder: String) -> [String]? {
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return entries.count > most ? nil : entries.filter { $0 != name && $0 != log }
  }

  /// A relative name that leads out of the notebook's folder leads elsewhere from a folder within: it becomes absolute.
  static func resolved(_ argument: String) -> String {
    guard argument.hasPrefix("../") || argument == "..", FileManager.default.fileExists(atPath: argument) else {
      return argument
    }
    return Files.path(argument)
  }

  private static func trialName(_ trial: Int, _ attempt: Int) -> String {
    attempt == 1 ? "\(trial)" : "\(trial)-\(attempt)"
  }

  /// A study's name as a file's: letters, digits and a few marks stay.
  private static func fileName(_ study: String) -> String {
    let plain = String(study.map { $0.isLetter || $0.isNumber || "_-.".contains($0) ? $0 : "_" }.prefix(60))
    return plain.allSatisfy { $0 == "." } ? "study" : plain
  }

  private static func refusal(_ folder: String) -> Files.Refusal {
    Files.Refusal(
      message: "the folder '\(folder)' for trials cannot be made: " + String(cString: strerror(errno)), hint: nil)
  }

  /// The last lines of a log that are not empty, in one line of at most 300 characters; nil if it has none.
  static func lastLines(_ path: String) -> String? {
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = pread(descriptor, &bytes, bytes.count, max(0, lseek(descriptor, 0, SEEK_END) - off_t(bytes.count)))
    let lines = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self).split(whereSeparator: \.isNewline)
      .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    let text = lines.suffix(3).joined(separator: " / ")
    return text.isEmpty ? nil : String(text.suffix(300))
  }
}
