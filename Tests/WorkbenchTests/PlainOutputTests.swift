import Foundation
import Jupyter
import Testing
import Workbench

/// `set output=plain`: text alone, at most 2,000 characters per cell, whatever is typed.
@Suite struct PlainOutputTests {
  private static let setup = [
    "data digits", "space\n    neurons in {4, 8, 16}\n    learning_rate in log(1e-3..1e-1)\n    dropout in 0.0..0.5",
    "tune trials=30 epochs=1 sampler=random", "train epochs=30 name=\"deep\"", "train epochs=2 name=\"wide\"",
    "set output=plain",
  ]

  /// Examples that need what a test has not: a network, a scheduler, a program, a download, a file of their own.
  private static func isRunnable(_ example: String) -> Bool {
    let others = [
      "workers", "program=", "mnist", "http", "sqlite", "postgresql", ".csv", ".jsonl", ".attune", "to=", "storage",
    ]
    return !others.contains { example.contains($0) }
  }

  private func check(_ answer: Notebook.Answer, _ cell: String) {
    var characters = 0
    for event in answer.events {
      switch event {
      case .stream(let text, _): characters += text.unicodeScalars.count
      case .display(let bundle, _), .update(let bundle, _):
        characters += bundle.plainText?.unicodeScalars.count ?? 0
        #expect(Set(bundle.data.keys).isSubset(of: ["text/plain", "application/json"]), "\(cell): \(bundle.data.keys)")
      case .clear: break
      }
    }
    if let result = answer.outcome.result {
      characters += result.plainText?.unicodeScalars.count ?? 0
      #expect(Set(result.data.keys).isSubset(of: ["text/plain", "application/json"]), "\(cell): \(result.data.keys)")
    }
    #expect(characters <= 2000, "\(cell): \(characters) characters")
  }

  @Test(arguments: Commands.all.map(\.name))
  func `no command shows more`(name: String) throws {
    let command = try #require(Commands.byName[name])
    let notebook = try Notebook()
    for cell in Self.setup { try notebook.run(cell) }
    for example in command.examples + [name] where Self.isRunnable(example) {
      check(notebook.execute(example, cellID: "cell"), example)
    }
  }

  @Test func `plots are described`() throws {
    let notebook = try Notebook()
    for cell in Self.setup { try notebook.run(cell) }
    for plot in ["history", "parallel", "loss \"deep\"", "importance", "confusion", "network", "data"] {
      let answer = try notebook.run("plot \(plot)")
      check(answer, plot)
      #expect(answer.text.count > 20, "plot \(plot): \(answer.text)")
    }
  }

  /// What a decision needs is there, however long the tables are.
  @Test func `a study is decided upon`() throws {
    let notebook = try Notebook()
    for cell in Self.setup { try notebook.run(cell) }
    let best = try #require(try notebook.json("best.number").int)
    for cell in ["trials", "best", "tune trials=1", "watch", "explain"] {
      let answer = try notebook.run(cell)
      check(answer, cell)
      let number = try #require(try notebook.json("best.number").int)
      for part in ["best: trial \(number),", "matters: ", "next: ", "never tried: "] {
        #expect(answer.text.contains(part), "\(cell): no '\(part)' in \(answer.text)")
      }
    }
    #expect(try notebook.run("trials").text.contains("lines left out"))
    #expect(try notebook.run("best").text.contains("95 % interval"), "trial \(best)")
  }

  @Test func `it begins within a cell`() throws {
    let notebook = try Notebook("data iris")
    let answer = try notebook.run("set output=plain\ntrain epochs=3\nplot loss")
    check(answer, "a whole cell")
    #expect(answer.text.contains("3 epochs") && answer.displays.allSatisfy { $0.data["text/html"] == nil })
  }

  @Test func `long results lose their middle`() throws {
    let notebook = try Notebook(
      "set output=plain", "long = [" + (0..<3000).map { "\"0123456789-\($0)\"" }.joined(separator: ", ") + "]")
    for cell in ["long", "print long", "print \"\(String(repeating: "é\\n", count: 5000))\"", "help train", "trials?"] {
      check(notebook.execute(cell), cell)
    }
    let lines = try notebook.run((0..<900).map { "print \($0)" }.joined(separator: "\n"))
    check(lines, "many lines")
    #expect(lines.text.contains("0\n1\n2\n") && lines.text.contains("... and more"))
    try notebook.run("set output=full")
    #expect(try notebook.run((0..<900).map { "print \($0)" }.joined(separator: "\n")).text.contains("899"))
  }
}
