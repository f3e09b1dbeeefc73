import Datasets
import Testing
import Workbench

/// Whatever can be said as an objective can be searched for.
@Suite struct ObjectiveTests {
  private static func names(_ task: Task) -> [String] {
    MetricNames.all.filter { name in MetricNames.base(name).map { MetricNames.suits($0, task) } ?? true }
  }

  @Test(arguments: names(.classification)) func `of classes`(objective: String) throws {
    try expectComplete(objective, on: "data digits limit=120")
  }

  @Test(arguments: names(.regression)) func `of numbers`(objective: String) throws {
    let folder = try TemporaryFolder()
    let rows = (0..<60).map { "\($0),\($0 * 7 % 11),\(3 * $0)" }.joined(separator: "\n")
    let file = try folder.write("a,b,price\n" + rows + "\n", to: "houses.csv")
    try expectComplete(objective, on: "data csv(\"\(file)\", target=\"price\")")
  }

  /// Said alone, beside another one, and over two seeds, without `metrics=`.
  private func expectComplete(_ objective: String, on data: String) throws {
    let notebook = try Notebook("set progress=none", data, "space\n    neurons in {4, 8}")
    for said in [objective + " repeat=2", "[parameters, \(objective)]"] where said != "[parameters, parameters]" {
      try notebook.run("study new \"\(said)\"\ntune trials=1 epochs=1 objective=\(said)")
      let trials = try notebook.run("trials").text
      #expect(try notebook.json("trials[0].state") == "complete", "\(said): \(trials)")
    }
  }
}
