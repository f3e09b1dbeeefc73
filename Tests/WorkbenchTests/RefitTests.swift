import Testing
import Workbench

/// `retrain best on=all`: the network to keep is trained on the rows of training and validation.
@Suite struct RefitTests {
  static let splits = ["", "folds=3", "validation=0.4 test=10", "limit=60"]

  @Test(arguments: splits)
  func `all rows but those of the test part are trained on, and the test rows stay`(split: String) throws {
    let notebook = try Notebook(
      "set progress=none", "data iris \(split)", "space\n    neurons in 4..8", "tune trials=2 epochs=2 batch_size=all")
    let test = try #require(try notebook.json("data.test.rows").int)
    let rows = split == "limit=60" ? 60 : 150
    let answer = try notebook.run("retrain best on=all")
    #expect(answer.written().contains("trains on \(rows - test) rows"))
    #expect(try notebook.run("evaluate test").text.contains("\(test) rows"))
    #expect(notebook.execute("evaluate validation").failure != nil, "no row is left to validate on")
    #expect(try notebook.json("data.test.rows").int == test)
  }

  @Test func `it equals a training without validation rows`() throws {
    let setup = ["set progress=none", "data iris validation=0.25 test=0", "network neurons=8"]
    let notebook = try Notebook()
    for cell in setup { try notebook.run(cell) }
    try notebook.run("space\n    learning_rate in {0.01}")
    try notebook.run("tune trials=1 epochs=3")
    let seed = try #require(try notebook.json("trials[0].seed").int)
    try notebook.run("retrain best on=all")
    let refitted = try notebook.json("run.history.train_loss")
    try notebook.run("data iris validation=0 test=0")
    try notebook.run("train epochs=3 learning_rate=0.01 seed=\(seed)")
    #expect(try notebook.json("run.history.train_loss") == refitted)
  }

  @Test func `early stopping becomes the trial's best number of epochs`() throws {
    let notebook = try Notebook(
      "set progress=none", "data iris", "space\n    learning_rate in {0.1}",
      "tune trials=1 epochs=40 early_stopping=patience(2)")
    let reports = try #require(try notebook.json("trials[0].intermediate").object)
    try notebook.run("retrain best on=all")
    let epochs = try #require(try notebook.json("run.epochs").int)
    #expect(epochs < 40)
    #expect(reports["\(epochs)"] == (try notebook.json("trials[0].value")))
    #expect(notebook.execute("retrain best on=all early_stopping=patience(3)").failure != nil)
  }
}
