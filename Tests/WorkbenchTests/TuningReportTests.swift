import Testing
import Workbench

@Suite struct TuningReportTests {
  @Test func `what is averaged over seeds is said before it begins`() throws {
    let notebook = try Notebook("set progress=none", "data iris", "space\n    neurons in {4, 8}")
    #expect(try notebook.run("tune trials=1 epochs=1 repeat=2").text.contains("each over 2 seeds"))
    let single = try Notebook("set progress=none", "data iris", "space\n    neurons in {4, 8}")
    #expect(try !single.run("tune trials=1 epochs=1").text.contains("each over"))
  }

  @Test func `a trial that breaks a constraint says so and stands behind those that do not`() throws {
    let notebook = try Notebook(
      "set progress=none", "data iris", "space\n    neurons in {4, 8}\n    subject to parameters <= 40",
      "tune trials=1 epochs=5", "enqueue neurons=8")
    let table = try notebook.run("tune trials=1 epochs=5").text
    let lines = table.split(separator: "\n").filter { $0.contains("complete") }
    #expect(lines.contains { $0.contains("breaks a constraint") && $0.contains(" 8 ") }, "\(table)")
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
}
