import Foundation
import Testing

/// What a script can hold of plain English: these phrases read as translated, and have a usual form.
@Suite struct WordingTests {
  static let phrases: [(pattern: String, instead: String)] = [
    (#"\bis no [a-z]"#, "is not a"), (#" behind "#, "after"),
    (
      #"\b(one|two|three|four|five|[0-9]+|network|value|values|row|rows)"? a (trial|run|row|epoch|batch|line)\b"#, "per"
    ),
    (#"\bstands (in|at|behind|before|twice|alone)\b"#, "is, appears, goes"), (#"\bwants a\b"#, "needs, expects"),
    (#"\bof nothing\b"#, "of an empty list"), (#"\b(is|are) said\b"#, "given, set, named"),
  ]

  /// The text literals of a line of source, without its comment.
  static func literals(_ line: Substring) -> [String] {
    guard !line.drop(while: { $0 == " " }).hasPrefix("//") else { return [] }
    return line.split(separator: "\"", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 1 }.map
    {
      // These two are usual.
      ["there is no ", "There is no ", "is no longer"].reduce(String($0.element)) { $0.replacing($1, with: "") }
    }
  }

  static let sources: [URL] = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Sources")
    let all = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
    return all.filter { $0.pathExtension == "swift" }
  }()

  @Test(arguments: phrases.map(\.pattern)) func noMessageHas(_ pattern: String) throws {
    let expression = try Regex(pattern)
    #expect(Self.sources.count > 300)
    for file in Self.sources {
      let text = try String(contentsOf: file, encoding: .utf8)
      for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
        for literal in Self.literals(line) where literal.firstMatch(of: expression) != nil {
          let instead = Self.phrases.first { $0.pattern == pattern }?.instead ?? ""
          Issue.record("\(file.lastPathComponent):\(index + 1): '\(literal)': write \(instead)")
        }
      }
    }
  }

  /// The patterns find what they are meant to find.
  @Test(arguments: [
    "x is no number", "text behind it", "one value a trial", "sgd stands twice in the set", "len wants a list",
    "min of nothing",
    "as is said here",
  ])
  func patternsFind(_ sentence: String) throws {
    #expect(try Self.phrases.contains { try sentence.firstMatch(of: Regex($0.pattern)) != nil })
  }
}
