import Foundation
import Testing

/// A file of the repository that is made from the program.
struct Page {
  let file: URL

  init(_ name: String) {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    file = root.appendingPathComponent("Sources").appendingPathComponent(name)
  }

  var kept: String { (try? String(contentsOf: file, encoding: .utf8)) ?? "" }

  /// The lines before and after the table that begins with `marker`.
  func around(marker: String) throws -> (before: [String], after: [String]) {
    let lines = kept.components(separatedBy: "\n")
    let first = try #require(lines.firstIndex { $0.hasPrefix(marker) }, "\(file.lastPathComponent) has no table")
    let rest = lines[first...].drop { $0.hasPrefix("|") }
    return (Array(lines[..<first]), Array(rest))
  }

  func expect(_ text: String) throws {
    if ProcessInfo.processInfo.environment["ATTUNE_WRITE_PAGES"] == "1" {
      try text.write(to: file, atomically: true, encoding: .utf8)
      return
    }
    let kept = kept
    let (old, new) = (kept.components(separatedBy: "\n"), text.components(separatedBy: "\n"))
    let line = zip(old, new).enumerated().first { $1.0 != $1.1 }?.offset ?? min(old.count, new.count)
    #expect(
      kept == text,
      """
      \(file.lastPathComponent) is no longer what the program says, from line \(line + 1) on:
      kept:    \(line < old.count ? old[line] : "(the end)")
      program: \(line < new.count ? new[line] : "(the end)")
      ATTUNE_WRITE_PAGES=1 swift test --filter PageTests writes it anew.
      """)
  }
}
