import Foundation
import Testing
import Workbench

/// The grammars of editors: their word lists are the program's own.
extension PageTests {
  static let commands = Commands.all.map(\.name).sorted()
  static let keywords = ["and", "in", "not", "or", "step", "subject", "to", "when"]
  static let literals = ["False", "None", "True", "false", "none", "true"]

  @Test func pygments() throws {
    let list = { (name: String, words: [String]) in
      "\(name) = \"\"\"\n" + wrapped(words) + "\n\"\"\".split()\n"
    }
    try Page("../python/attune/words.py").expect(
      """
      \"\"\"The language's words. Made from the program: `ATTUNE_WRITE_PAGES=1 swift test --filter PageTests` writes it anew.\"\"\"


      """
        + [list("COMMANDS", Self.commands), list("KEYWORDS", Self.keywords), list("LITERALS", Self.literals)].joined(
          separator: "\n"))
  }

  @Test func jupyterLab() throws {
    let page = Page("../python/labextension/static/remoteEntry.js")
    let (begin, end) = ("  // words: ", "  // end of words")
    var lines: [String] = []
    var isBetween = false
    for line in page.kept.components(separatedBy: "\n") {
      if line.hasPrefix(end) { isBetween = false }
      if !isBetween { lines.append(line) }
      guard line.hasPrefix(begin) else { continue }
      isBetween = true
      for (name, words) in [("COMMANDS", Self.commands), ("KEYWORDS", Self.keywords), ("LITERALS", Self.literals)] {
        lines.append("  const \(name) = words('\(words.joined(separator: " "))');")
      }
    }
    try page.expect(lines.joined(separator: "\n"))
  }

  /// VS Code's grammar, for the language contribution of an extension.
  @Test func textMate() throws {
    let word = { (words: [String]) in "\\b(?:" + words.joined(separator: "|") + ")\\b" }
    let patterns: [(String, String)] = [
      ("comment.line.number-sign.attune", "#.*$"),
      ("string.quoted.double.attune", #""(?:\\.|[^"\\])*""#), ("string.quoted.single.attune", #"'(?:\\.|[^'\\])*'"#),
      ("variable.parameter.attune", #"\b[A-Za-z_]\w*(?=\s*=(?!=))"#),
      ("keyword.control.attune", #"^\s*\??"# + word(Self.commands)),
      ("keyword.operator.word.attune", word(Self.keywords)),
      ("constant.language.attune", word(Self.literals)),
      ("constant.numeric.attune", #"\b(?:0[xX][\da-fA-F_]+|\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?(?:s|min|h)?)\b"#),
      ("entity.name.function.attune", #"\b[A-Za-z_]\w*(?=\()"#),
    ]
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let grammar = TextMateGrammar(patterns: patterns.map { .init(name: $0, match: $1) })
    try Page("../python/textmate/attune.tmLanguage.json").expect(
      String(decoding: try encoder.encode(grammar), as: UTF8.self) + "\n")
  }
}

private struct TextMateGrammar: Encodable {
  struct Pattern: Encodable {
    let name: String
    let match: String
  }
  var name = "Attune"
  var scopeName = "source.attune"
  var fileTypes = ["attune"]
  let patterns: [Pattern]
}

/// Words in lines of at most 120 columns.
private func wrapped(_ words: [String]) -> String {
  var lines = [""]
  for word in words {
    if lines[lines.count - 1].count + word.count + 1 > 120 { lines.append("") }
    lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + word
  }
  return lines.joined(separator: "\n")
}
