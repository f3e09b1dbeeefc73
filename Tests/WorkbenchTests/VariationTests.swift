import Jupyter
import Testing
import Workbench

/// `train NAME in {...}`: a run for each value, compared.
@Suite struct VariationTests {
  /// A setting of each kind, with two values.
  static let sets: [(name: String, values: [String])] = [
    ("neurons", ["4", "8"]), ("layers", ["1", "2"]), ("hidden", ["[4]", "[4, 8]"]), ("hidden[0]", ["4", "8"]),
    ("activation", ["relu", "tanh"]), ("dropout", ["0.0", "0.2"]), ("batch_norm", ["true", "false"]),
    ("initializer", ["torch", "zeros"]), ("epochs", ["1", "2"]), ("batch_size", ["16", "all"]),
    ("optimizer", ["sgd", "adamw"]), ("learning_rate", ["0.01", "0.1"]),
    ("schedule", ["constant", "step(factor=0.5, every=1)"]), ("loss", ["cross_entropy", "hinge"]),
    ("shuffle", ["true", "false"]), ("seed", ["1", "2"]), ("clip_norm", ["none", "1.0"]),
  ]

  @Test(arguments: sets) func `each value is a run, as if it were typed alone`(name: String, values: [String]) throws {
    let notebook = try Notebook("data iris")
    let epochs = name == "epochs" ? "" : " epochs=2"
    let text = try notebook.run("train \(name) in {\(values.joined(separator: ", "))}\(epochs)").text
    #expect(text.contains("val_loss"), "\(text)")
    for value in values { #expect(try notebook.json("run(\"\(name)=\(value)\").epochs").int ?? 0 > 0, "\(value)") }
    if name != "epochs", TrainingSettings.options.contains(where: { $0.name == name }) {
      for value in values {
        let alone = try Notebook("data iris", "train \(name)=\(value)\(epochs)")
        let loss = try notebook.json("run(\"\(name)=\(value)\").history.val_loss")
        #expect(try alone.json("run.history.val_loss") == loss, "\(name)=\(value)")
      }
    }
    #expect(try notebook.run("compare by=\(name.contains("[") ? "\"\(name)\"" : name)").displays.count == 2)
  }

  @Test func `several settings make every combination`() throws {
    let notebook = try Notebook("data iris")
    try notebook.run("train epochs=1 neurons in {4, 8} activation in {relu, tanh} name=\"grid\"")
    for neurons in [4, 8] {
      for activation in ["relu", "tanh"] {
        #expect(try notebook.json("run(\"grid neurons=\(neurons) activation=\(activation)\").epochs") == 1)
      }
    }
    #expect(try notebook.run("compare by=neurons").text.contains("activation=tanh"))
  }

  @Test func `folds and seeds are averaged`() throws {
    let notebook = try Notebook("data iris folds=3")
    let text = try notebook.run("train neurons in {4, 8} epochs=1 repeat=2").text
    #expect(text.contains("deviation") && text.contains("neurons=8") && text.contains("6"))
    #expect(try notebook.json("run(\"neurons=4 fold 3, seed 1\").epochs") == 1)
  }

  @Test(arguments: [
    ("train neurons in 1..5", "{1, 2, 3, 4, 5}"), ("train learning_rate in 0.1..0.5", "use tune"),
    ("train neurons in log(1..5)", "use tune"), ("train neurons in {}", "a set of values"),
    ("train neurons in {4, 4}", "twice"),
    ("train neuron in {4, 8}", "neurons"), ("train lr in {0.1, 0.2}", "learning_rate"),
    ("train neurons in {4, tanh}", "neurons"), ("train neurons in {4, 8} neurons in {1, 2}", "twice"),
    ("train learning_rate=0.1 learning_rate in {0.1, 0.2}", "twice"), ("train name in {\"a\", \"b\"}", "name"),
    ("train resume=true neurons in {4, 8}", "resume"),
    ("train neurons in {1, 2} checkpoint=\"c.attune\"", "one training"),
    ("train seed in {0, 1, 2, 3, 4, 5, 6, 7, 8, 9} neurons in {1, 2, 3, 4, 5, 6, 7} layers in {1, 2, 3}", "210"),
  ])
  func `what cannot be run through is said before anything trains`(cell: String, says: String) throws {
    let notebook = try Notebook("data iris")
    let failure = try #require(notebook.execute(cell).failure, "\(cell)")
    #expect(failure.message.contains(says), "\(failure.message)")
    #expect(notebook.execute("run.epochs").failure != nil, "\(cell) trained")
  }

  @Test func `a value that diverges leaves the others`() throws {
    let notebook = try Notebook("data iris")
    let answer = try notebook.run("train learning_rate in {1e30, 0.1} optimizer=sgd epochs=2")
    #expect(answer.written(to: .stderr).contains("learning_rate=1e+30"))
    #expect(answer.text.contains("learning_rate=0.1"))
  }

  @Test func `an interrupt keeps what has been trained`() throws {
    let notebook = try Notebook("data iris", "network hidden=[8]")
    // The second training's plot.
    let answer = InterruptTests.interrupted("train epochs in {2, 100000}", in: notebook) { event in
      if case .display(_, let id?) = event { id.hasSuffix("-2-plot") } else { false }
    }
    #expect(try #require(answer.failure).message.contains("1 of 2 runs finished before 'epochs=100000'"))
    #expect(answer.text.contains("epochs=2"))
    #expect(try notebook.json("run(\"epochs=2\").stopped") == "finished")
    #expect(try notebook.json("run.stopped") == "interrupted")
  }

  @Test func `a variable may hold the values`() throws {
    let notebook = try Notebook("data iris", "widths = [4, 8]")
    #expect(try notebook.run("train neurons in widths epochs=1").text.contains("neurons=8"))
  }

  @Test func `what does not differ is not drawn`() throws {
    let notebook = try Notebook("data iris", "train neurons in {4, 8} epochs=1")
    #expect(try #require(notebook.execute("compare by=optimizer").failure).message.contains("hidden"))
    #expect(try #require(notebook.execute("compare by=frob").failure).message.contains("frob"))
    #expect(try notebook.run("compare by=neurons metric=accuracy").text.contains("val_accuracy by neurons"))
    #expect(try #require(notebook.execute("compare by=neurons metric=f1").failure).message.contains("metrics=[f1]"))
  }
}
