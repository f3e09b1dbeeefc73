import Jupyter
import Testing
import Workbench

/// Values that are short to type and endless to read are refused or cut.
@Suite struct LargeValueTests {
  @Test(arguments: ["[x, x]", "x + x"])
  func `doubling ends with a message`(_ step: String) throws {
    let notebook = try Notebook("x = [1]")
    var refusal: String?
    for _ in 0..<45 where refusal == nil { refusal = notebook.execute("x = \(step)").failure?.message }
    #expect(
      refusal?.contains("parts") == true || refusal?.contains("longer") == true || refusal?.contains("nested") == true,
      "\(refusal ?? "no end")")
    for cell in ["x == x", "show", "y = str(x)\nlen(y) > 3", "x;"] { try notebook.run(cell) }
    #expect(try notebook.run("x").result.map { $0.utf8.count <= 100_003 } == true)
    #expect(notebook.workbench.complete("prin", at: 4).matches.isEmpty == false)
    #expect(notebook.workbench.inspect("x", at: 1, detail: 0)?.plainText.map { $0.utf8.count < 2_100 } == true)
  }

  @Test func `names of ten thousand characters are cut in messages`() throws {
    let name = String(repeating: "n", count: 10_000)
    for cell in [name, "train \(name)=1", "\(name) 1", "help \(name)", "plot \(name)", "x.\(name)", "\(name)(1)"] {
      let failure = try #require(Notebook("x = {\"a\": 1}").execute(cell).failure)
      #expect(failure.traceback.joined().utf8.count < 6_000, "\(cell.prefix(20))")
    }
  }

  /// Whatever takes a text, in a command or in an expression.
  static let takers = [
    "int(s)", "float(s)", "{\"a\": 1}[s]", "load s", "save s", "study new s", "study open s", "study storage s",
    "study rename s", "data csv(s)", "data s", "set progress=s", "set seed=s", "train epochs=1 name=s",
    "train optimizer=s",
    "plot loss s", "plot data to=s", "network activation=s", "tune trials=1 sampler=s", "evaluate s", "export run to=s",
    "import weights from=s", "run(s)", "retrain s", "compare s", "trials columns=[s]", "help s",
    "space\n    neurons in {s}", "space\n    neurons in 1..s", "data csv(\"t.csv\", target=s)",
  ]

  @Test(arguments: takers) func `a text of five million characters is refused in short`(cell: String) throws {
    let notebook = try Notebook(
      "set progress=none", "data iris", "network hidden=[2]", "train epochs=1", "s = \"abcdefghij\"")
    for _ in 0..<19 { try notebook.run("s = s + s") }
    let answer = notebook.execute(cell)
    let failure = try #require(answer.failure)
    #expect(failure.message.utf8.count < 2_500 && failure.traceback.joined().utf8.count < 6_000)
    #expect("\(answer.events)".utf8.count < 20_000)
  }

  @Test func `escapes in a message are spelled out`() throws {
    let failure = try #require(Notebook().execute("run(\"a\\x1b[31m\\u202eb\")").failure)
    #expect(!failure.traceback.joined().unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
  }

  @Test func `a session's object is shown in lines`() throws {
    let notebook = try Notebook("set progress=none", "data iris", "train epochs=40 name=\"a\"")
    let shown = try #require(notebook.run("run").result)
    #expect(shown.hasPrefix("name: \"a\"\nepochs: 40\n"))
    #expect(shown.split(separator: "\n").allSatisfy { $0.count <= 120 })
    #expect(shown.contains("(40)"))
  }
}
