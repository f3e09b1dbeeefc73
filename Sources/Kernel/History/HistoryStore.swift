import Glibc
import Jupyter

/// The cells of all sessions, a file of JSON lines for each, in one folder. A session's number is its file's: creating
/// the file claims the number, so kernels side by side need no lock.
package final class HistoryStore: Sendable {
  /// The oldest files beyond so many are removed.
  private static let keptSessions = 1000

  private let folder: String

  package init(folder: String) { self.folder = folder }

  package func session() -> HistorySession { HistorySession(in: self) }

  /// A new file, open for appending; nil if the folder cannot be written.
  func claimNumber() -> (number: Int, descriptor: Int32)? {
    guard makeFolder(folder) else { return nil }
    let numbers = sessions
    for old in numbers.dropLast(Self.keptSessions) { unlink(path(of: old)) }
    var number = (numbers.last ?? 0) + 1
    while true {
      let descriptor = open(path(of: number), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o600)
      if descriptor >= 0 { return (number, descriptor) }
      guard errno == EEXIST else { return nil }
      number += 1
    }
  }

  /// The numbers of the sessions that have a file, in order.
  var sessions: [Int] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var numbers: [Int] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(".jsonl"), let number = Int(name.dropLast(6)) { numbers.append(number) }
    }
    return numbers.sorted()
  }

  /// A session's cells from its last one back, each parsed when it is asked for: who wants the end of a long session
  /// does not pay for its beginning. Lines that are not whole, as after a crash, are skipped.
  func entriesBackwards(of session: Int) -> some Sequence<HistoryEntry> {
    LinesBackwards(of: path(of: session)).lazy.compactMap { line in
      guard let json = try? JSON(parsing: line), let number = json["line"]?.int, let input = json["in"]?.string
      else { return nil }
      return HistoryEntry(session: session, line: number, input: input, output: json["out"]?.string)
    }
  }

  private func path(of session: Int) -> String {
    let digits = String(session)
    return folder + "/" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits + ".jsonl"
  }
}
