import Foundation
import Jupyter
import Testing
import Workbench

/// What a search says of itself where a setting, a value or a file is not what it seems.
@Suite struct SearchSeamTests {
  /// Cells, and what they say at the end, in a table, a warning or a refusal.
  static let sayings: [(cells: [String], says: String)] = [
    (
      ["space\n    neurons in {4, 8}", "tune trials=1 epochs=1 momentum=0.9"],
      "momentum has no effect with optimizer=adam"
    ),
    (["space\n    optimizer in {sgd, adam}", "tune trials=1 epochs=1 rho=0.9"], "it belongs to adadelta"),
    (
      ["network hidden=[5]", "space\n    neurons in {4, 8}", "tune trials=1 epochs=1 hidden[3]=7"],
      "hidden[3] has no effect with layers=1"
    ),
    (["space\n    neurons in {4, 8}", "tune trials=2 epochs=1 repeat=3 pruner=wilcoxon"], "prunes nothing here"),
    (
      ["space\n    neurons in {4, 8}", "tune trials=2 epochs=1 repeat=8 pruner=wilcoxon(startup=9)"],
      "after 9 trainings"
    ),
    (
      ["space\n    neurons in 4..8", "tune trials=5 epochs=1 sampler=nsga2"], "the first 50 trials of nsga2 are random"
    ),
    (
      ["space\n    neurons in 4..8", "tune trials=5 epochs=1 sampler=tpe(startup=7)"],
      "the first 7 trials of tpe are random"
    ),
    (["train metrics=[val_auc]"], "did you mean 'auc'?"), (["tune objective=auc"], "did you mean 'val_auc'?"),
    (["study new \"a\" storage=\"sqlite:///:memory:\""], "kept in memory"),
    (["study storage \"sqlite:///:memory:\""], "kept in memory"),
    (["study open \"a\" storage=\"none.db\""], "there is no file 'none.db'; create=true makes it"),
    (["study new \"a\"", "plot contour"], "the study has no parameters yet"),
    (
      ["space external\n    x in {\"none\", patience(3), step(0.5, every=2)}"],
      "{\"none\", patience(3), step(0.5, every=2)}"
    ),
    (["space external\n    x in 5e-324..1e-323"], "narrower than 1e-303"),
    (["space external\n    x in 0.0..1e-310 step 1e-311"], "narrower than 1e-303"),
    (["train name=\"a\" epochs=1;", "train name=\"a\" epochs=1"], "this replaces the run 'a' (1 epoch,"),
  ]

  @Test(arguments: sayings.indices)
  func `it is said`(index: Int) throws {
    let notebook = try Notebook("set progress=none", "data iris limit=60")
    let (cells, says) = Self.sayings[index]
    var texts: [String] = []
    for cell in cells {
      let answer = notebook.execute(cell)
      texts.append(answer.text + answer.written(to: .stderr) + (answer.failure?.message ?? ""))
    }
    #expect(texts.last?.contains(says) == true, "\(texts)")
    #expect(!FileManager.default.fileExists(atPath: ":memory:") && !FileManager.default.fileExists(atPath: "none.db"))
  }

  @Test(arguments: ["folds=3", "folds=3 limit=60"])
  func `a training over folds does not take the name of another`(options: String) throws {
    let notebook = try Notebook("set progress=none", "data iris \(options)", "train epochs=1;", "train epochs=1;")
    #expect(try notebook.json("run.name").string == "run-2 fold 3")
    try notebook.run("train epochs=1 repeat=2 name=\"a\";")
    let again = notebook.execute("train epochs=1 name=\"a\";")
    #expect(again.written(to: .stderr).contains("this replaces the run 'a fold 1, seed 0'"))
  }

  @Test(arguments: [
    ("learning_rate in log(1e-6..1e-3)", "learning_rate is at the edge of its range, 0.001"),
    ("learning_rate in 1e-6..1e-3", "learning_rate is at the edge of its range, 0.001"),
    ("layers in 1..3", "layers is at the edge of its range, 1"),
    ("dropout in 0.0..0.5", nil), ("batch_size in {8, 16}", nil), ("neurons in 1..64", nil),
  ])
  func `a best value at an end of its range is said`(line: String, says: String?) throws {
    let notebook = try Notebook(
      "set progress=none", "data iris", "space\n    \(line)", "study new \"m\" sampler=random")
    let name = line.prefix { $0 != " " }
    let best = ["learning_rate": "0.001", "layers": "1", "dropout": "0.0", "batch_size": "8", "neurons": "64"][
      String(name)]!
    try notebook.run("enqueue \(name)=\(best)")
    // One epoch of little learning decides for the first trial.
    try notebook.run("tune trials=3 epochs=1 objective=\(name == "neurons" ? "train_loss" : "val_loss");")
    let text = try notebook.run("best").text
    let number = try notebook.json("best.number").int
    if let says { #expect(number != 0 || text.contains(says), "\(text)") }
    if says == nil { #expect(!text.contains("at the edge") || name == "neurons", "\(text)") }
  }

  @Test func `loaded weights that do not fit the space are refused before anything trains`() throws {
    let folder = try TemporaryFolder()
    let notebook = try Notebook(
      "set progress=none", "data iris", "train epochs=1;", "save \"\(folder.path)/m.attune\"",
      "load \"\(folder.path)/m.attune\"")
    try notebook.run("space\n    neurons in 4..20")
    let refusal = try #require(notebook.execute("tune trials=3 epochs=1").failure).message
    #expect(refusal.contains("are a network of 4-128-3") && refusal.contains("network, said again"), "\(refusal)")
    for cell in ["space\n    learning_rate in 0.001..0.01", "study new \"b\"", "tune trials=2 epochs=1;"] {
      try notebook.run(cell)
    }
    #expect(try notebook.json("best.state").string == "complete")
  }

  @Test func `a seed is one number everywhere, and can be typed`() throws {
    let folder = try TemporaryFolder()
    let notebook = try Notebook(
      "set progress=none", "data iris", "space\n    neurons in 4..64", "study new \"s\" seed=11",
      "tune trials=6 epochs=1 sampler=random;", "export trials to=\"\(folder.path)/t.csv\"")
    let table = try notebook.run("trials columns=[seed]").text
    let file = try String(contentsOfFile: folder.path + "/t.csv", encoding: .utf8)
    for number in 0..<6 {
      let seed = try #require(try notebook.json("trials[\(number)].seed").int)
      #expect(table.contains(" \(seed) ") && file.contains(",\(seed),"))
      try notebook.run("retrain \(number) seed=\(seed);")
    }
  }

  @Test func `predict says what it filled, on a part of the data too`() throws {
    let folder = try TemporaryFolder()
    let rows = (0..<60).map { "\($0 % 4 == 0 ? "" : "\($0)"),\($0 % 5 == 0 ? "" : "2024-01-\(10 + $0 % 20)"),\($0)" }
    try (["x,when,y"] + rows).joined(separator: "\n").write(
      toFile: folder.path + "/g.csv", atomically: true, encoding: .utf8)
    let notebook = try Notebook(
      "set progress=none", "data csv(\"\(folder.path)/g.csv\", target=\"y\", dates=[when])", "train epochs=1;")
    let part = try notebook.run("predict train to=\"\(folder.path)/p.csv\"").text
    #expect(
      part.contains("x: ") && part.contains("when: ") && part.contains("replaced by the training mean"), "\(part)")
    let whole = try notebook.run("predict csv(\"\(folder.path)/g.csv\") to=\"\(folder.path)/q.csv\"").text
    #expect(whole.contains("27 missing numbers replaced"), "\(whole)")
  }
}
