import Storage
import Testing
import Workbench

/// A study that further calls of `tune` go on with.
@Suite struct StudyGoesOnTests {
  private func grid() throws -> Notebook {
    try Notebook(
      "set progress=none", "data iris", "space\n    neurons in {4, 8}", "tune trials=2 epochs=1 sampler=grid")
  }

  @Test func `a value of other settings is not taken for that of a configuration`() throws {
    let notebook = try grid()
    let answer = try notebook.run("tune trials=4 epochs=3 sampler=random parallel=1")
    #expect(
      answer.written(to: .stderr) == "warning: epochs was 1 and is now 3; the 2 trials so far keep their values\n")
    let trials = try #require(notebook.json("trials").array)
    let reports = trials.dropFirst(2).map { $0["intermediate"]?.object?.count }
    #expect(reports == [3, 3, 3, 3], "each was trained, or repeats one that was, for three epochs")
    #expect(trials.dropFirst(2).contains { $0["reason"]?.string?.hasPrefix("same configuration as trial") == true })
    #expect(!trials.contains { $0["reason"] == "same configuration as trial 0" })
  }

  @Test func `what was not changed is not trained again`() throws {
    let notebook = try grid()
    let answer = try notebook.run("tune trials=1 epochs=1 sampler=random")
    #expect(answer.written(to: .stderr) == "")
    #expect(try notebook.json("trials[2].reason").string?.hasPrefix("same configuration") == true)
  }

  @Test func `a network that the space decides anyway is no change`() throws {
    let notebook = try Notebook(
      "set progress=none", "data iris", "space\n    layers in 1..2\n    neurons in {4, 8}",
      "tune trials=2 epochs=1 sampler=grid", "retrain best")
    #expect(try notebook.run("tune trials=1").written(to: .stderr) == "")
    try notebook.run("network activation=tanh")
    #expect(
      try notebook.run("tune trials=1").written(to: .stderr).contains("activation was the default and is now tanh"))
  }

  @Test func `what an earlier call trained otherwise counts for nothing when the study is opened again`() throws {
    let folder = try TemporaryFolder()
    let notebook = try Notebook(
      "set progress=none", "data iris", "space\n    neurons in {4}", "study storage \"\(folder.path)/t.db\"",
      "study new \"mine\" sampler=random", "tune trials=1 epochs=1", "tune trials=1 epochs=2")
    let again = try Notebook(
      "set progress=none", "data iris", "study storage \"\(folder.path)/t.db\"", "study open \"mine\"", "tune trials=1")
    #expect(try again.json("trials[2].reason") == "same configuration as trial 1")
    _ = notebook
  }

  @Test func `the run is the best trial's, also where an earlier call found it`() throws {
    let notebook = try grid()
    let best = try #require(notebook.json("best.number").int)
    try notebook.run("train epochs=1 name=\"mine\"")
    try notebook.run("tune trials=1 epochs=1")
    #expect(try notebook.json("run.name").string == "trial \(best)")
  }

  @Test func `what needs one objective is refused for several`() throws {
    let notebook = try Notebook("data iris", "space\n    neurons in {4, 8}")
    for said in ["target=0.1", "stop=stagnation(2)", "pruner=median"] {
      let failure = notebook.execute("tune trials=1 epochs=1 objective=[val_loss, parameters] \(said)").failure
      #expect(failure?.message.contains("of one objective, and this study has 2") == true, "\(said)")
    }
    try notebook.run("tune trials=1 epochs=1 objective=[val_loss, parameters] pruner=none")
  }

  @Test func `a front counts a configuration once`() throws {
    let notebook = try Notebook(
      "data iris", "space\n    neurons in {4}", "tune trials=3 epochs=1 objective=[val_loss, parameters]")
    #expect(try notebook.run("trials top=9").text.contains("1 of the 1 on the front of 3 trials"))
    #expect(try notebook.run("plot pareto").text.contains("1 of 1 trials"))
  }

  @Test func `what is enqueued before the first tune is tried first`() throws {
    let notebook = try Notebook(
      "set progress=none", "data iris", "space\n    neurons in 4..64\n    optimizer in {sgd, adam}",
      "study new \"mine\"",
      "enqueue neurons=33 optimizer=sgd", "tune trials=2 epochs=1 objective=val_accuracy")
    #expect(try notebook.json("trials[0].params.neurons") == 33)
    #expect(try notebook.json("study.directions") == ["maximize"])
    try notebook.run("study new \"other\"\nenqueue neurons=34 optimizer=sgd\ntune trials=1 epochs=1 optimizer=adam")
    #expect(try notebook.json("trials[0].params.neurons") == 34)
    #expect(notebook.execute("enqueue").failure?.message.contains("at least one parameter") == true)
  }

  @Test(arguments: ["val_accuracy", "[val_accuracy, parameters]"])
  func `a study is opened again with the directions of its first tune`(objective: String) throws {
    let folder = try TemporaryFolder()
    let notebook = try Notebook(
      "set progress=none", "data iris", "space\n    neurons in {4, 8, 16}", "study storage \"\(folder.path)/t.db\"",
      "study new \"mine\" sampler=grid", "tune trials=3 epochs=3 objective=\(objective)")
    let again = try Notebook("set progress=none", "study storage \"\(folder.path)/t.db\"", "study open \"mine\"")
    #expect(try again.json("study.directions") == notebook.json("study.directions"))
    #expect(try again.run("trials top=1").text == notebook.run("trials top=1").text)
  }

  /// Two sessions with one study of two trials that the first has asked for.
  private func shared(_ folder: TemporaryFolder) throws -> (Notebook, Notebook) {
    let storage = "study storage \"\(folder.path)/t.db\""
    let first = try Notebook(
      storage, "space external\n    x in 0.0..1.0", "study new \"mine\" sampler=random", "ask;\nask;")
    return (first, try Notebook("set progress=none", storage, "study open \"mine\""))
  }

  @Test func `what another program adds to a study is seen by who looks`() throws {
    let folder = try TemporaryFolder()
    let (first, second) = try shared(folder)
    try second.run("tell 0 0.5\ntell 1 0.25")
    #expect(try first.json("best.number") == 1)
    try second.run("ask;\ntell 2 0.125")
    #expect(try first.run("trials").text.contains("3 trials: 3 complete"))
    try second.run("ask;\ntell 3 0.0625")
    #expect(try first.run("plot history").text.contains("best 0.0625 in trial 3"))
  }

  @Test func `a trial whose asker has ended can still be told`() throws {
    let folder = try TemporaryFolder()
    let (first, second) = try shared(folder)
    let storage = try SQLiteStorage(path: folder.path + "/t.db")
    // As a study that is opened finds it whose process is gone.
    let study = try #require(try storage.study(named: "mine"))
    for trial in try storage.trials(of: study.id, after: nil, and: []) {
      let kept = StoredAttributes(system: ["fixed_params": "{\"x\": 0.25}"])
      #expect(try storage.release(trial.id, attributes: kept, owner: nil))
    }
    #expect(try second.json("trials[1].state") == "waiting")
    try second.run("report 1 step=1 value=0.5\ntell 1 0.25")
    #expect(try second.json("best.number") == 1)
    try second.run("space external\n    x in 0.0..1.0\n    y in 0.0..1.0\nstudy new \"parts\"\nenqueue x=0.5")
    #expect(second.execute("tell 0 0.5").failure?.message.contains("is not running, it is waiting") == true)
    _ = first
  }

  @Test func `a direction is not turned`() throws {
    let notebook = try grid()
    #expect(notebook.execute("tune trials=1 direction=maximize").failure?.message.contains("is to minimize") == true)
    try notebook.run("tune trials=1 direction=minimize")
  }
}
