import Foundation
import Search
import Testing
import Vocabulary
import Workbench

/// `explain` has at most 600 characters, whatever the study, and says best, importance, next point and what is untried.
@Suite struct ExplainTests {
  static let space = """
    space
        layers        in 1..3
        neurons       in {4, 8, 16}
        learning_rate in log(1e-3..1e-1)
        optimizer     in {sgd, adam}
        momentum      in 0.0..0.9 when optimizer == sgd
    """

  private func explanation(_ notebook: Notebook) throws -> String {
    let text = try notebook.run("explain").written().trimmingCharacters(in: .newlines)
    #expect(text.unicodeScalars.count <= 600, "\(text.unicodeScalars.count) characters: \(text)")
    return text
  }

  @Test(arguments: Samplers.all.map(\.syntax.name))
  func `every sampler says why, with few trials and with more`(name: String) throws {
    let notebook = try Notebook("data iris", Self.space, "tune trials=1 epochs=1 parallel=1 sampler=\(name)")
    for _ in 0..<2 {
      let text = try explanation(notebook)
      for part in ["best: trial ", "matters: ", "next: ", "never tried: ", "sampler \(name)"] {
        #expect(text.contains(part), "no '\(part)' in \(text)")
      }
      let next = try #require(text.split(separator: "\n").first { $0.hasPrefix("next: ") })
      #expect(next.contains("layers=") && next.contains("; "), "\(next)")
      try notebook.run("tune trials=13 epochs=1 parallel=1")
    }
  }

  /// What is announced is what comes: looking begins nothing.
  @Test(arguments: ["auto", "gp", "tpe", "grid", "evolution"])
  func `the next point is the one that is tried`(sampler: String) throws {
    let notebook = try Notebook(
      "space external\n    a in 1..9\n    b in {x, y, z}", "study new \"s\" sampler=\(sampler) seed=3")
    for number in 0..<14 {
      let text = try explanation(notebook)
      let answer = try notebook.run("ask")
      let asked = try #require(answer.result)
      let words = try #require(asked.split(separator: ": ").last)
      #expect(text.contains("next: \(words);"), "\(words) is not in \(text)")
      try notebook.run("tell \(number) \(Double(number * 7 % 5))")
    }
  }

  @Test func `studies without an answer yet`() throws {
    let notebook = try Notebook()
    #expect(notebook.execute("explain").failure?.message.contains("no study") == true)
    try notebook.run("study new \"empty\"")
    #expect(try explanation(notebook).contains("the study has no space yet"))
    let external = try Notebook("space external\n    a in 0.0..1.0", "study new \"mine\"")
    #expect(try explanation(external).contains("best: none, no trial is complete yet"))
    try external.run("ask;\ntell 0 failed\nask;\ntell 1 failed")
    let failed = try explanation(external)
    #expect(failed.contains("best: none") && failed.contains("matters: not known yet") && failed.contains("next: a="))
    try external.run("enqueue a=0.25")
    #expect(try explanation(external).contains("next: a=0.25; it waits in the queue"))
    let grid = try Notebook(
      "space external\n    a in 1..2", "study new \"grid\" sampler=grid", "ask;\nask;\ntell 0 1\ntell 1 2")
    #expect(try explanation(grid).contains("nothing left to suggest"))
  }

  @Test func `several objectives have a front`() throws {
    let notebook = try Notebook(
      "space external\n    a in 0.0..1.0\n    b in 0.0..1.0", "study new \"two\" direction=[minimize, maximize]")
    for number in 0..<12 { try notebook.run("ask;\ntell \(number) [\(number), \(number * number % 7)]") }
    #expect(try explanation(notebook).contains("front: 0 ("))
  }

  /// Hundreds of parameters with long names and values.
  @Test func `long names stay within the limit`() throws {
    let names = (0..<80).map { "\"\(String(repeating: "née\u{0301}", count: 30)).\($0)\"" }
    let lines = names.map { "    \($0) in {\"\(String(repeating: "a", count: 200))\", \"\u{1B}[31mred\"}" }
    let notebook = try Notebook(
      "space external\n" + lines.joined(separator: "\n"), "study new \"\(String(repeating: "s", count: 400))\"")
    for number in 0..<3 {
      _ = try explanation(notebook)
      try notebook.run("ask;\ntell \(number) \(1.2345e-300 * Double(number + 1))")
    }
  }

  @Test func `studies of Optuna are explained`() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "References/studies/optuna_wide_int.db")
    let folder = try TemporaryFolder()
    try FileManager.default.copyItem(atPath: file.path, toPath: folder.path + "/o.db")
    let notebook = try Notebook("study storage \"\(folder.path)/o.db\"")
    let list = try notebook.run("study list").text
    let name = try #require(list.split(separator: "\n").dropFirst(3).first?.split(separator: " ").first)
    try notebook.run("study open \"\(name)\"")
    #expect(try explanation(notebook).contains("next: "))
  }
}
