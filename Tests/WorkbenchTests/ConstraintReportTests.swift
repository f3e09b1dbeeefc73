import Testing
import Workbench

/// What is said of trials that break a rule of the space.
@Suite struct ConstraintReportTests {
  /// A study of three told trials: the best value breaks the rule.
  private func told() throws -> Notebook {
    try Notebook(
      "space external\n    x in 0..9\n    subject to x <= 4", "study new \"mine\" sampler=random",
      "enqueue x=9", "enqueue x=3", "enqueue x=4", "ask;\nask;\nask;", "tell 0 0.1\ntell 1 0.5\ntell 2 0.4")
  }

  @Test func `the best trial keeps to the rules in every table and plot`() throws {
    let notebook = try told()
    #expect(try notebook.json("best.number") == 2)
    for plot in ["history", "parallel", "slice"] {
      let text = try notebook.run("plot \(plot)").text
      #expect(text.contains("best 0.4 in trial 2, 3 of 3 trials complete, 1 break"), "\(text)")
    }
    let rows = try notebook.run("trials top=3").text.split(separator: "\n").filter { $0.contains("complete") }
    #expect(rows.contains { $0.hasPrefix("*     2") } && rows.contains { $0.contains("breaks x <= 4") }, "\(rows)")
  }

  @Test func `where every trial breaks a rule there is no best and it is said why`() throws {
    let notebook = try Notebook(
      "space external\n    x in 0..9\n    subject to x <= 4", "study new \"mine\" sampler=random", "enqueue x=9",
      "ask;",
      "tell 0 0.1")
    let refusal = try #require(notebook.execute("best").failure).message
    #expect(refusal.contains("every complete one breaks a constraint") && refusal.contains("x <= 4"), "\(refusal)")
    #expect(try notebook.run("plot history").text.contains("no best trial, 1 of 1 trial complete, all of them break"))
    #expect(notebook.execute("best.value").failure?.message.contains("every complete one breaks") == true)
  }

  @Test func `a trial that breaks a rule neither displaces the best network nor leads the front`() throws {
    let notebook = try Notebook(
      "data iris", "space\n    neurons in {4, 8}\n    subject to parameters <= 40",
      "tune trials=1 epochs=5 sampler=random", "enqueue neurons=8", "tune trials=1 epochs=5")
    #expect(try notebook.json("run.name") == "trial 0")
    let several = try Notebook(
      "space external\n    x in 0..9\n    subject to x <= 4", "study new \"two\" direction=[minimize, minimize]",
      "enqueue x=9", "enqueue x=3", "ask;\nask;", "tell 0 [0.1, 0.1]\ntell 1 [0.5, 0.5]")
    #expect(try several.run("plot pareto").text.contains("1 of 2 trials"))
  }
}
