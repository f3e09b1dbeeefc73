import Datasets
import FileAccess
import Foundation

/// Names of files for completion, and the header of a table in one. A folder that is too large or cannot be read has none.
enum FileNames {
  /// More are no help to anyone.
  private static let limit = 2_000

  /// The names in a folder that is typed as `data/`, folders with a `/` at the end. With `dataFirst`, files of data, then
  /// folders, then everything else.
  static func candidates(in folder: String, hidden: Bool, dataFirst: Bool = false) -> [Candidate] {
    let path = Files.path(folder.isEmpty ? "." : folder)
    guard let stream = opendir(path) else { return [] }
    defer { closedir(stream) }
    var found: [Candidate] = []
    while let entry = readdir(stream), found.count < limit {
      let isFolder = entry.pointee.d_type == UInt8(DT_DIR)
      let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name == "." || name == ".." || (name.hasPrefix(".") && !hidden) { continue }
      found.append(Candidate(isFolder ? name + "/" : name, .path, isFolder ? "a folder" : "a file"))
    }
    func rank(_ candidate: Candidate) -> Int {
      !dataFirst || TableFormat.isFile(candidate.text) ? 0 : candidate.text.hasSuffix("/") ? 1 : 2
    }
    return found.map { (rank($0), $0) }.sorted { ($0.0, $0.1.text) < ($1.0, $1.1.text) }.map(\.1)
  }

  /// The columns that the first line of a file names. Reads at most 64 kB.
  static func header(of said: String) -> [String] {
    guard let bytes = try? WholeFile.read(Files.path(said), limit: 65_536) else { return [] }
    let text = String(decoding: bytes, as: UTF8.self)
    guard let line = text.split(whereSeparator: \.isNewline).first else { return [] }
    let separator = [",", ";", "\t"].max { a, b in line.count(of: a) < line.count(of: b) } ?? ","
    return line.split(separator: Character(separator), omittingEmptySubsequences: false).map {
      $0.trimmingCharacters(in: CharacterSet(charactersIn: " \"\u{FEFF}"))
    }.filter { !$0.isEmpty }
  }
}

extension Substring {
  fileprivate func count(of separator: String) -> Int { self.filter { String($0) == separator }.count }
}
