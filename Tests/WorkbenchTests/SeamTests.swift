import Jupyter
import Testing

/// Words at the seams: habits of other programs, rules that a queued trial breaks, trainings that fail.
@Suite struct SeamTests {
  @Test(arguments: [
    ("train = 3", "write train to use the command"), ("best = 0.1", "write best to use the command"),
    ("lr = 0.1", "write train learning_rate=0.1 to set it"), ("n_epochs = 3", "write train epochs=3 to set it"),
    ("epochs = 3", "write train epochs=3 to set it"),
  ])
  func `an assignment to a word of this or another program says what to type`(cell: String, said: String) throws {
    #expect(try Notebook("set progress=none").run(cell).written(to: .stderr).contains(said))
  }

  @Test(arguments: [
    ("model.fit(3)", "use the command 'train'"), ("clf.train(3)", "use the command 'train'"),
    ("model.summary()", "use the command 'network'"), ("model.frobnicate()", "help lists the commands"),
    ("pip install torch", "run pip in a terminal"),
    ("conda install numpy", "run conda in a terminal"),
  ])
  func `Python's objects and installers get one sentence`(cell: String, hint: String) throws {
    let failure = try #require(Notebook().execute(cell).failure)
    #expect(failure.message.contains("this kernel does not"))
    #expect(failure.message.contains(hint))
  }

  @Test func `a known object's method is still told by its own mistake`() throws {
    let failure = try #require(Notebook("x = 3").execute("x.fit(3)").failure)
    #expect(!failure.message.contains("Python"))
  }

  @Test(arguments: [
    ("neurons=60 layers=2", true), ("neurons=10 layers=2", false), ("neurons=60", false), ("layers=2", false),
  ])
  func `a queued configuration that breaks a rule is warned of if it is whole`(values: String, breaks: Bool) throws {
    let notebook = try Notebook(
      "set progress=none", "data iris",
      "space\n    neurons in 8..64\n    layers in 1..3\n    subject to neurons * layers <= 100", "study new \"a\"")
    let warning = try notebook.run("enqueue \(values)").written(to: .stderr)
    #expect(warning.contains("breaks neurons * layers <= 100") == breaks)
  }

  @Test func `run after a study of several objectives says why there is none`() throws {
    let notebook = try Notebook(
      "set progress=none", "data iris", "space\n    neurons in 8..16",
      "tune trials=2 epochs=1 objective=[val_loss, parameters]")
    let failure = try #require(notebook.execute("run.name").failure)
    #expect(failure.message.contains("several objectives"))
    #expect(failure.message.contains("retrain"))
  }

  @Test(arguments: ["train name=\"best\"", "retrain best"])
  func `a training that diverges at once leaves no run`(verb: String) throws {
    let notebook = try Notebook(
      "set progress=none", "data iris", "space\n    neurons in 8..16", "tune trials=2 epochs=1",
      "train name=\"kept\" epochs=2")
    let failure = notebook.execute("\(verb) learning_rate=1e30 loss=mse epochs=2").failure
    #expect(failure != nil)
    #expect(try notebook.json("run.name") == "kept")
    #expect(notebook.execute("run(\"best\")").failure != nil)
  }
}
