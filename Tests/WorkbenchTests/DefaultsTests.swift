import Foundation
import Jupyter
import Testing
import Workbench

/// What holds where nothing is said.
@Suite struct DefaultsTests {
  @Test func `a training without words is ten epochs of Adam on one hidden layer of 128`() throws {
    let said = try Notebook(
      "data digits limit=600", "network hidden=[128] activation=relu initializer=he_uniform",
      "train epochs=10 batch_size=64 optimizer=adam learning_rate=1e-3 schedule=constant shuffle=true")
    let silent = try Notebook("data digits limit=600", "train")
    #expect(try silent.json("run.history") == said.json("run.history"))
    #expect(try silent.json("run.epochs") == 10)
  }

  @Test func `other activations begin with glorot_uniform`() throws {
    let said = try Notebook("data iris", "network activation=tanh initializer=glorot_uniform", "train epochs=2")
    let silent = try Notebook("data iris", "network activation=tanh", "train epochs=2")
    #expect(try silent.json("run.history") == said.json("run.history"))
  }

  @Test(arguments: ["sgd", "adagrad", "rmsprop", "adam", "adamw", "nadam", "adadelta"])
  func `an optimizer has PyTorch's own learning rate`(_ optimizer: String) throws {
    let rates = [
      "sgd": 1e-3, "adagrad": 1e-2, "rmsprop": 1e-2, "adam": 1e-3, "adamw": 1e-3, "nadam": 2e-3, "adadelta": 1.0,
    ]
    let notebook = try Notebook("data iris", "train epochs=1 optimizer=\(optimizer)")
    #expect(try notebook.json("run.history.learning_rate").array?.first?.number == rates[optimizer])
  }

  @Test(arguments: [("data digits", 1797), ("data iris", 150), ("data spirals(n=1000)", 1000)])
  func `a set without a test part keeps a fifth for it and a fifth for validation`(_ cell: String, _ rows: Int) throws {
    let notebook = try Notebook(cell)
    let counts = try ["train", "validation", "test"].map { try #require(notebook.json("data.\($0).rows").int) }
    #expect(counts.reduce(0, +) == rows)
    #expect(abs(counts[1] - rows / 5) <= 3 && abs(counts[2] - rows / 5) <= 3)
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/usr/share/datasets/fashion-mnist")))
  func `fashion_mnist keeps 10,000 rows for validation beside its own 10,000 for the test`() throws {
    let notebook = try Notebook("data fashion_mnist")
    #expect(try notebook.json("data.validation.rows") == 10000)
    #expect(try notebook.json("data.train.rows") == 50000)
    #expect(try notebook.json("data.test.rows") == 10000)
  }

  @Test func `tune makes twenty trials of ten epochs judged by the validation loss`() throws {
    let notebook = try Notebook(
      "data iris", "space\n    learning_rate in log(1e-4..1e-1)", "tune parallel=2 hidden=[8]")
    let trials = try #require(notebook.json("trials").array)
    #expect(trials.count == 20)
    #expect(trials.allSatisfy { $0["intermediate"]?.object?.count == 10 && $0["state"] == "complete" })
    #expect(try notebook.json("study.objectives") == ["val_loss"])
    #expect(try notebook.json("study.directions") == ["minimize"])
    #expect(try notebook.json("study.sampler") == "auto")
  }

  @Test func `tune takes nothing from the last train`() throws {
    let space = "space\n    neurons in {4, 8}"
    let tune = "tune trials=2 epochs=2 sampler=grid parallel=1"
    let plain = try Notebook("data iris", space, tune)
    let after = try Notebook("data iris", "train epochs=1 optimizer=sgd learning_rate=3 batch_size=8", space, tune)
    #expect(try plain.json("trials").withoutTimes == after.json("trials").withoutTimes)
  }

  @Test func `a key of tune leaves the space and an earlier study's attribute stays`() throws {
    let notebook = try Notebook(
      "data iris", "space\n    neurons in {4, 8}\n    optimizer in {sgd, adam}", "tune trials=3 epochs=1 optimizer=adam"
    )
    let trials = try #require(notebook.json("trials").array)
    #expect(trials.allSatisfy { Set($0["params"]?.object?.keys ?? [:].keys) == ["neurons"] })
  }

  @Test func `train starts from the same weights every time`() throws {
    let notebook = try Notebook(
      "data iris", "train epochs=3 name=\"a\"", "train epochs=3 name=\"b\"", "train epochs=3 seed=1 name=\"c\"")
    let (a, b, c) = try (
      notebook.json("run(\"a\").history"), notebook.json("run(\"b\").history"), notebook.json("run(\"c\").history")
    )
    #expect(a == b)
    #expect(a != c)
  }
}

extension JSON {
  var number: Double? {
    switch self {
    case .int(let value): Double(value)
    case .double(let value): value
    default: nil
    }
  }

  /// The same value without the keys that hold times.
  var withoutTimes: JSON {
    switch self {
    case .object(let members):
      .object(members.filter { !["seconds", "samples_per_second"].contains($0.key) }.mapValues(\.withoutTimes))
    case .array(let elements): .array(elements.map(\.withoutTimes))
    default: self
    }
  }
}
