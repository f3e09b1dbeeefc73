import Jupyter
import Search
import Testing
import Workbench

/// What a name in a rule stands for: the trial's value, what is fixed, the session's network, or the default.
@Suite struct RuleValueTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let rule: String
    /// The optimizers that the rule leaves; nil: `tune` refuses it.
    let left: Set<String>?
    var space = "optimizer in {sgd, adamw}"
    var options = ""
    var testDescription: String { "\(space); \(rule); \(options)" }

    init(_ rule: String, leaves left: Set<String>?, _ options: String = "", space: String = "optimizer in {sgd, adamw}")
    {
      (self.rule, self.left, self.options, self.space) = (rule, left, options, space)
    }
  }

  static let both: Set<String> = ["sgd", "adamw"]
  static let cases = [
    // The optimizer's own defaults; what an optimizer does not have says nothing of it.
    Case("eps < 1e-9", leaves: ["sgd"]), Case("eps >= 1e-8", leaves: both), Case("momentum > 0.5", leaves: ["adamw"]),
    Case("nesterov == true", leaves: ["adamw"]), Case("beta1 > 0.95", leaves: ["sgd"]),
    Case("weight_decay >= 0.01", leaves: ["adamw"]), Case("learning_rate == 0.001", leaves: both),
    Case("momentum > 0.5", leaves: both, "momentum=0.9"), Case("eps < 1e-9", leaves: both, "eps=1e-10"),
    Case("momentum > 0.5", leaves: ["sgd", "muon"], space: "optimizer in {sgd(momentum=0.9), sgd, muon}"),
    // Words, and calls of that name.
    Case("early_stopping == none", leaves: both), Case("averaging == none", leaves: both),
    Case("clip_norm == none", leaves: both), Case("max_norm == none", leaves: both),
    Case("class_weight == none", leaves: both), Case("schedule == constant", leaves: both),
    Case("schedule == step", leaves: both, "schedule=step(factor=0.5, every=2)"),
    Case("schedule in {step, cosine}", leaves: both, "schedule=step(factor=0.5, every=2)"),
    Case("schedule == step", leaves: nil), Case("schedule in {step, cosine}", leaves: nil),
    Case("early_stopping == patience", leaves: both, "early_stopping=patience(3)"),
    Case("early_stopping != patience", leaves: nil, "early_stopping=patience(3)"),
    Case("loss == label_smoothing", leaves: both, "loss=label_smoothing(0.1)"),
    // One thing by two names, and what the task decides.
    Case("norm == batch", leaves: both, "batch_norm=true"), Case("batch_norm == true", leaves: both, "norm=batch"),
    Case("norm == batch", leaves: nil), Case("loss == cross_entropy", leaves: both),
    Case("loss == binary_cross_entropy", leaves: nil), Case("output == softmax", leaves: both),
    Case("output == sigmoid", leaves: nil), Case("layers == 1 and neurons == 128", leaves: both),
    // Names that never have a value.
    Case("clip_norm > 1", leaves: nil), Case("clip_norm > 1", leaves: both, "clip_norm=2"),
    Case("clip_norm > 1", leaves: nil, "clip_norm=0.5"), Case("hidden[5] > 3", leaves: nil),
    Case("rho > 0.5", leaves: nil),
    Case("clip_norm == none or clip_norm > 1", leaves: both), Case("not clip_norm > 1", leaves: nil),
    Case("optimizer == adamw or momentum >= 0.5", leaves: ["adamw"]),
    // What only a trained trial tells leaves every configuration to be tried.
    Case("val_accuracy >= 0.0", leaves: both), Case("seconds < 3600", leaves: both),
    Case("train_loss < 0 or val_macro_f1 >= 0", leaves: both),
  ]

  @Test(arguments: cases)
  func `a rule is judged by what its names stand for`(example: Case) throws {
    let notebook = try Notebook(
      "set progress=none", "data iris limit=30", "space\n    \(example.space)\n    subject to \(example.rule)")
    let done = notebook.execute("tune trials=10 sampler=random epochs=1 seed=3 parallel=1 \(example.options)")
    guard let left = example.left else {
      let message = try #require(done.failure).message
      #expect(message.contains(example.rule), "\(message)")
      return
    }
    #expect(done.failure == nil, "\(String(describing: done.failure))")
    let trials = try #require(try notebook.json("trials").array)
    let chosen = trials.compactMap { $0["params"]?["optimizer"]?.string }.map { $0.prefix { $0 != "(" } }
    #expect(Set(chosen.map(String.init)) == left)
    #expect(try notebook.json("best.number").int != nil)
  }

  @Test func `a condition asks for a call by its name`() throws {
    let notebook = try Notebook(
      "set progress=none", "data iris limit=30",
      """
      space
          schedule in {constant, step(factor=0.5, every=2), cosine}
          noise in 0.0..0.1 when schedule == step
          l1 in 0.0..0.1 when schedule in {step, cosine}
          dropout in 0.0..0.1 when early_stopping == none
      """, "tune trials=12 sampler=random epochs=1;")
    #expect(try notebook.run("space").text.contains("early_stopping == none"))
    for trial in try #require(try notebook.json("trials").array) {
      let params = try #require(trial["params"]?.object)
      let schedule = try #require(params["schedule"]?.string)
      #expect((params["noise"] != nil) == schedule.hasPrefix("step("))
      #expect((params["l1"] != nil) == (schedule != "constant"))
    }
  }

  @Test(arguments: ["repeat=2", "parallel=2", "early_stopping=patience(2)"])
  func `a trial whose outcome breaks a rule is not the best`(options: String) throws {
    let notebook = try Notebook(
      "set progress=none", "data iris", "space\n    neurons in 2..64\n    subject to val_accuracy <= 0.8",
      "tune trials=8 epochs=4 learning_rate=0.01 sampler=random \(options);")
    let trials = try #require(try notebook.json("trials").array)
    let best = try #require(try notebook.json("best.number").int)
    func accuracy(_ trial: JSON) -> Double { trial["metrics"]?["val_accuracy"]?.number ?? .nan }
    let kept = trials.filter { accuracy($0) <= 0.8 }
    #expect(kept.count < trials.count && !kept.isEmpty, "\(trials.map(accuracy))")
    #expect(best == kept.min { $0["value"]!.number! < $1["value"]!.number! }?["number"]?.int)
    #expect(try notebook.json("run.trial").int == best)
    #expect(try notebook.run("trials").text.contains("breaks val_accuracy <= 0.8"))
  }

  @Test func `a rule on the outcome is the same in a study that is opened again`() throws {
    let folder = try TemporaryFolder()
    let file = folder.path + "/rules.db"
    let first = try Notebook(
      "set progress=none", "data iris", "study new \"m\" storage=\"\(file)\"",
      "space\n    neurons in 2..64\n    subject to val_accuracy <= 0.6", "tune trials=8 epochs=4 sampler=random;")
    let second = try Notebook("set progress=none", "study open \"m\" storage=\"\(file)\"")
    #expect(try second.json("best.number") == first.json("best.number"))
    try second.run("tune trials=6;")
    let best = try #require(try second.json("best.number").int)
    #expect(try #require(second.json("trials[\(best)].metrics.val_accuracy").number) <= 0.6)
  }

  @Test(arguments: [("val_accuracy >= 90", "use 0.9 for 90 %"), ("val_acuracy >= 0.9", "did you mean 'val_accuracy'?")])
  func `a rule on an outcome is checked where it is read`(rule: String, hint: String) throws {
    let notebook = try Notebook("data iris")
    let message = try #require(notebook.execute("space\n    neurons in 2..64\n    subject to \(rule)").failure)
    #expect(message.message.contains(hint), "\(message)")
  }
}
