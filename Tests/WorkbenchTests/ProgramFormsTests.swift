import Jupyter
import Testing
import Workbench

/// The forms that programs rely on.
@Suite struct ProgramFormsTests {
  static let space = "space\n    layers in 1..2\n    learning_rate in log(1e-3..1e-1)\n    optimizer in {sgd, adam}"

  @Test func `run tells name, epochs, end, times and history`() throws {
    let notebook = try Notebook("data iris", "train epochs=3 name=\"deep\"")
    let run = try #require(notebook.json("run").object)
    #expect(
      Set(run.keys) == [
        "name", "epochs", "best_epoch", "stopped", "seconds", "samples_per_second", "history", "data",
        "network", "parameters", "loss", "seed", "settings", "trial", "study",
      ])
    #expect(run["name"] == "deep")
    #expect(run["epochs"] == 3)
    #expect(run["best_epoch"]?.int != nil)
    #expect(run["stopped"]?.string != nil)
    #expect(try #require(run["seconds"]?.number) > 0)
    #expect(try #require(run["samples_per_second"]?.number) > 0)
    let history = try #require(run["history"]?.object)
    for series in ["train_loss", "val_loss", "learning_rate", "val_accuracy"] {
      #expect(history[series]?.array?.count == 3, "\(series)")
    }
  }

  @Test func `a run without validation has no val_loss`() throws {
    let notebook = try Notebook("data iris validation=0", "train epochs=2")
    #expect(try notebook.json("run.history").object?["val_loss"] == nil)
    #expect(notebook.execute("train early_stopping=patience(2)").failure != nil)
    #expect(try notebook.json("run.epochs") == 2)
  }

  @Test func `trials and best tell number, state, value, parameters, reports and times`() throws {
    let notebook = try Notebook("data iris", Self.space, "tune trials=4 epochs=2 sampler=random parallel=2")
    let trials = try #require(notebook.json("trials").array)
    #expect(trials.map { $0["number"]?.int } == [0, 1, 2, 3])
    for trial in trials {
      #expect(trial["state"] == "complete")
      #expect(trial["params"]?.object?["layers"]?.int != nil)
      #expect(trial["params"]?.object?["learning_rate"]?.number != nil)
      #expect(["sgd", "adam"].contains(trial["params"]?.object?["optimizer"]?.string))
      #expect(Set(trial["intermediate"]?.object?.keys ?? [:].keys) == ["1", "2"])
      #expect(trial["intermediate"]?["2"] == trial["value"])
      #expect(trial["seconds"]?.number != nil)
    }
    let values: [Double] = trials.compactMap { $0["value"]?.number }
    let least = try #require(values.min())
    #expect(try notebook.json("best")["value"]?.number == least)
    #expect(try notebook.json("best.value").number == least)
    #expect(try notebook.json("trials[3]") == trials[3])
    #expect(try notebook.json("trials[-1].number") == 3)
  }

  @Test func `several objectives have values and no best`() throws {
    let notebook = try Notebook(
      "data iris", Self.space, "tune trials=2 epochs=1 objective=[val_loss, parameters] parallel=1")
    #expect(try notebook.json("trials[0]")["values"]?.array?.count == 2)
    let failure = try #require(notebook.execute("best").failure)
    #expect(failure.message.contains("pareto"))
  }

  @Test func `a trial that does not stay finite fails, says why, and the study goes on`() throws {
    let folder = try TemporaryFolder()
    let rows = (0..<50).map { "\($0 * 1000),\($0 * $0 * 1000)" }.joined(separator: "\n")
    let file = try folder.write("x,y\n" + rows, to: "steep.csv")
    let notebook = try Notebook(
      "data csv(\"\(file)\", target=\"y\") standardize=none",
      "space\n    learning_rate in {1e-6, 1e30}", "tune trials=2 sampler=grid optimizer=sgd epochs=3 parallel=1")
    let trials = try #require(notebook.json("trials").array)
    #expect(Set(trials.map { $0["state"]?.string }) == ["complete", "failed"])
    let failed = try #require(trials.first { $0["state"] == "failed" })
    #expect(failed["value"] == .null)
    #expect(failed["reason"]?.string?.isEmpty == false)
  }

  @Test func `ask, report and tell speak JSON`() throws {
    let notebook = try Notebook(
      "space external\n    learning_rate in log(1e-5..1)\n    layers in 1..4\n    kind in {a, b}",
      "study new \"mine\" sampler=random seed=1")
    let asked = try #require(notebook.run("ask").outcome.result?.data["application/json"])
    #expect(asked["number"] == 0)
    #expect(Set(asked["params"]?.object?.keys ?? [:].keys) == ["learning_rate", "layers", "kind"])
    #expect(asked["params"]?["layers"]?.int != nil)
    #expect(notebook.execute("report 0 step=1 value=0.5").outcome.result?.data["application/json"] == ["prune": false])
    #expect(try notebook.json("trials[0].state") == "running")
    let told = try notebook.run("tell 0 0.38")
    #expect(told.outcome.result?.data["application/json"] == nil)
    #expect(try notebook.json("trials[0].value") == 0.38)
    #expect(notebook.execute("tell 0 0.1").failure != nil)
    #expect(notebook.execute("tell 5 0.1").failure != nil)
    try notebook.run("ask;\ntell 1 failed reason=\"no disk\"\nask;\ntell 2 pruned")
    #expect(try notebook.json("trials[1].reason") == "no disk")
    #expect(try notebook.json("trials[2].state") == "pruned")
    #expect(try notebook.json("best.number") == 0)
  }

  @Test func `only ask and report results carry JSON`() throws {
    let notebook = try Notebook("data iris", "train epochs=1")
    for cell in ["run.epochs", "1 + 1", "run", "network.parameters"] {
      #expect(try notebook.run(cell).outcome.result?.data.keys.contains("application/json") == false, "\(cell)")
    }
  }

  @Test func `NaN and infinity are null`() throws {
    let notebook = try Notebook("x = [float('nan'), float('inf'), -float('inf'), 3, 3.0]")
    #expect(try notebook.json("x") == [.null, .null, .null, 3, 3.0])
  }

  @Test func `a silent cell shows nothing and still answers`() throws {
    let notebook = try Notebook("data iris")
    let answer = notebook.execute(
      "train epochs=1\nprint 1\nrun.epochs", expressions: ["epochs": "run.epochs"], isSilent: true)
    #expect(answer.failure == nil)
    #expect(answer.events.isEmpty)
    #expect(try answer.outcome.userExpressions["epochs"]?.get().data["application/json"] == 1)
  }

  @Test func `a user expression that fails is its own mistake`() throws {
    let notebook = try Notebook("width = 3")
    let answers = notebook.execute("", expressions: ["good": "width", "bad": "height", "worse": "1 +"], isSilent: true)
      .outcome
    #expect(answers.failure == nil)
    #expect(try answers.userExpressions["good"]?.get().plainText == "3")
    for name in ["bad", "worse"] {
      guard case .failure(let failure)? = answers.userExpressions[name] else {
        Issue.record("\(name) succeeded"); continue
      }
      #expect(!failure.name.isEmpty && !failure.traceback.isEmpty)
    }
  }
}
