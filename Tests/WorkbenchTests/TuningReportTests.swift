import Testing
import Workbench

@Suite struct TuningReportTests {
  @Test func `what is averaged over seeds is said before it begins`() throws {
    let notebook = try Notebook("set progress=none", "data iris", "space\n    neurons in {4, 8}")
    #expect(try notebook.run("tune trials=1 epochs=1 repeat=2").text.contains("each over 2 seeds"))
    let single = try Notebook("set progress=none", "data iris", "space\n    neurons in {4, 8}")
    #expect(try !single.run("tune trials=1 epochs=1").text.contains("each over"))
  }

  @Test func `textbook values of the first trials are said and can be left out`() throws {
    let cells = ["set progress=none", "data iris", "space\n    neurons in {4, 8}\n    learning_rate in log(1e-4..1)"]
    let said = "the first 3 trials take textbook values for neurons, learning_rate"
    let notebook = try Notebook(cells[0], cells[1], cells[2])
    #expect(try notebook.run("tune trials=3 epochs=1").text.contains(said))
    #expect(try notebook.json("trials[0].params.learning_rate") == 0.001)
    #expect(try !notebook.run("tune trials=1 epochs=1").text.contains(said))
    for words in ["start=none", "sampler=auto(start=none)", "sampler=random", "sampler=random start=none"] {
      let notebook = try Notebook(cells[0], cells[1], cells[2])
      #expect(try !notebook.run("tune trials=1 epochs=1 \(words)").text.contains(said), "\(words)")
      #expect(try notebook.json("trials[0].params.learning_rate") != 0.001)
    }
    let failure = try Notebook(cells[0], cells[1], cells[2]).execute("tune trials=1 sampler=random start=textbook")
      .failure
    #expect(failure?.message.hasPrefix("random has first trials of its own") == true)
  }

  @Test func `a trial that breaks a constraint says so and stands behind those that do not`() throws {
    let notebook = try Notebook(
      "set progress=none", "data iris", "space\n    neurons in {4, 8}\n    subject to parameters <= 40",
      "tune trials=1 epochs=5", "enqueue neurons=8")
    let table = try notebook.run("tune trials=1 epochs=5").text
    let lines = table.split(separator: "\n").filter { $0.contains("complete") }
    #expect(lines.contains { $0.contains("breaks parameters <= 40") && $0.contains(" 8 ") }, "\(table)")
    #expect(try notebook.json("best.params.neurons") == 4)
  }

  @Test func `another range said between two asks is taken up`() throws {
    let notebook = try Notebook(
      "space external\n    x in 0..1", "study new \"mine\" sampler=random", "ask;\ntell 0 1",
      "space external\n    x in 100..101")
    let asked = try #require(notebook.run("ask").outcome.result?.data["application/json"])
    #expect(asked["params"]?["x"]?.int ?? 0 >= 100)
    try notebook.run("space external\n    x in 100..101\n    y in 0..1")
    #expect(notebook.execute("ask").failure?.message.contains("'y' is not in this study") == true)
  }

  @Test func `a value that is not finite fails its trial`() throws {
    let notebook = try Notebook(
      "space external\n    x in 0.0..1.0", "study new \"mine\" sampler=random", "ask;\nask;\nask;")
    #expect(try notebook.run("tell 0 nan").text == "trial 0 failed (value is not a number)\n")
    #expect(try notebook.run("tell 1 -inf").text == "trial 1 failed (value is infinite)\n")
    #expect(try notebook.run("tell 2 float('nan')").text == "trial 2 failed (value is not a number)\n")
    try notebook.run("study new \"two\" direction=[minimize, maximize]\nask;")
    #expect(try notebook.run("tell 0 [1, nan]").text == "trial 0 failed (value_1 is not a number)\n")
  }

  @Test func `a report that is not a number is kept and pruners see it`() throws {
    let notebook = try Notebook(
      "space external\n    x in 0.0..1.0", "study new \"mine\" sampler=random pruner=threshold(upper=2)", "ask;")
    #expect(try notebook.run("report 0 step=1 value=1").outcome.result?.data["application/json"]?["prune"] == false)
    #expect(try notebook.run("report 0 step=2 value=nan").outcome.result?.data["application/json"]?["prune"] == true)
    try notebook.run("tell 0 pruned")
    #expect(try notebook.json("trials[0].intermediate")["2"] == .null)
  }

  @Test func `words of a space can be enqueued in its own cell, in either order with the study`() throws {
    let space = "space external\n    kind in {cold, warm}\n    x in 0..9\n"
    for cell in [space + "study new \"mine\"\n", "study new \"mine\"\n" + space] {
      let notebook = try Notebook(cell + "enqueue kind=warm x=3")
      let asked = try #require(notebook.run("ask").outcome.result?.data["application/json"])
      #expect(asked["params"]?["kind"] == "warm" && asked["params"]?["x"] == 3)
    }
    #expect(try Notebook().execute(space + "study new \"mine\"\nenqueue kind=wram").failure != nil)
  }

  @Test func `print takes what an expression can be`() throws {
    let notebook = try Notebook(
      "space external\n    x in {a}", "study new \"mine\"", "ask;\ntell 0 1")
    #expect(try notebook.run("print best.params {\"k\": [1, \"b\"]} \"c\" 3.0").text.hasSuffix(" c 3.0\n"))
    #expect(try notebook.run("print best.params").text == "{\"x\": \"a\"}\n")
  }
}
