import Glibc
import Jupyter

/// The history as earlier versions kept it: a file of JSON lines for each session, in one folder. Only read and removed.
struct HistoryFiles {
  let folder: String

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

  /// A session's cells in order. Lines that are not whole, as after a crash, are skipped.
  func entries(of session: Int) -> [HistoryEntry] {
    (readFile(path(of: session)) ?? []).split(separator: UInt8(ascii: "\n")).compactMap { line in
      guard let json = try? JSON(parsing: Array(line)), let number = json["line"]?.int, let input = json["in"]?.string
      else { return nil }
      return HistoryEntry(session: session, line: number, input: input, output: json["out"]?.string)
    }
  }

  func remove() { for session in sessions { unlink(path(of: session)) } }

  private func path(of session: Int) -> String {
    let digits = String(session)
    return folder + "/" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits + ".jsonl"
  }
}
