import Foundation
import Jupyter
import Testing
import Workbench

/// Rules that only a trained trial can tell, and violations that are told.
@Suite struct OutcomeConstraintTests {
  private let space = "space\n    neurons in {2, 4, 8, 16}\n    learning_rate in log(1e-3..1e-1)\n    subject to "

  /// The best is the best of those that keep the rule, and the others say what they break.
  @Test(arguments: [
    ("val_accuracy >= 0.8", "val_accuracy", 0.8, true), ("train_loss >= 0.9", "train_loss", 0.9, true),
    ("val_f1 <= 0.7", "val_f1", 0.7, false), ("test_accuracy >= 0.8", "test_accuracy", 0.8, true),
  ])
  func `a trial that breaks it is not the best`(rule: String, name: String, bound: Double, atLeast: Bool) throws {
    let notebook = try Notebook("data iris", space + rule, "tune trials=10 epochs=6 sampler=random")
    let trials = try #require(try notebook.json("trials").array)
    var kept: [(value: Double, number: Int)] = []
    for trial in trials {
      let value = try #require(trial["metrics"]?[name]?.measure)
      if atLeast ? value >= bound : value <= bound {
        let number = try #require(trial["number"]?.int)
        kept.append((value: try #require(trial["value"]?.measure), number: number))
      }
    }
    try #require(!kept.isEmpty && kept.count < trials.count, "the rule does not part the trials: \(kept.count)")
    let best = kept.min { ($0.value, $0.number) < ($1.value, $1.number) }
    #expect(try notebook.json("best.number").measure == best.map { Double($0.number) })
    #expect(try notebook.json("run.trial").measure == best.map { Double($0.number) }, "the network kept is the best's")
    #expect(try notebook.run("trials").text.contains("breaks \(rule)"))
  }

  @Test func `seconds are known only afterwards`() throws {
    let notebook = try Notebook("data iris", space + "seconds <= 1000", "tune trials=3 epochs=1")
    #expect(try notebook.json("best.number").measure != nil)
    let other = try Notebook("data iris", space + "seconds <= -1", "tune trials=3 epochs=1")
    #expect(other.execute("best").failure?.message.contains("breaks a constraint") == true)
  }

  @Test func `it outlives the session`() throws {
    let folder = try TemporaryFolder()
    let file = "study storage \"\(folder.path)/s.db\""
    let first = try Notebook("data iris", file, space + "val_accuracy >= 0.8", "tune trials=6 epochs=6 sampler=random")
    let best = try first.json("best.number")
    let second = try Notebook("data iris", file, "study open \"study-1\"")
    #expect(try second.json("best.number") == best)
    try second.run("tune trials=4")
    let whole = try Notebook("data iris", space + "val_accuracy >= 0.8", "tune trials=10 epochs=6 sampler=random")
    #expect(try second.json("best.number") == whole.json("best.number"))
  }

  @Test func `told violations count`() throws {
    let notebook = try Notebook("space external\n    a in 0.0..1.0", "study new \"mine\"", "ask;\nask;\nask;")
    #expect(try notebook.run("tell 0 0.1 violates=[-1, 0.2]").text.contains("breaks a constraint"))
    try notebook.run("tell 1 0.3 violates=[0, -5]\ntell 2 0.2 violates=[inf]")
    #expect(try notebook.json("best.number").measure == 1)
    try notebook.run("ask;")
    #expect(notebook.execute("tell 3 0.1 violates=[nan]").failure?.message.contains("violation is a number") == true)
    #expect(
      notebook.execute("tell 3 failed violates=[1]").failure?.message.contains("only a trial with a value") == true)
  }

  @Test func `a program's trials have their seconds`() throws {
    let notebook = try Notebook(
      "space external\n    a in 0.0..1.0\n    subject to seconds <= 1000", "study new \"m\"", "ask;\ntell 0 0.5")
    #expect(try notebook.json("best.number").measure == 0)
  }

  @Test func `a metric of another task is refused before anything trains`() throws {
    let notebook = try Notebook("data iris", space + "val_r2 >= 0.5")
    #expect(notebook.execute("tune trials=2").failure?.message.contains("does not suit") == true)
  }

  @Test func `a trial that takes too long fails`() throws {
    let notebook = try Notebook("data iris", "space\n    epochs in {1, 1000000}")
    let text = try notebook.run("tune trials=2 sampler=grid trial_timeout=1s parallel=1").text
    #expect(text.contains("1 complete, 1 failed") && text.contains("trial_timeout=1.0s"), "\(text)")
  }
}

extension JSON {
  /// A number, whole or not.
  var measure: Double? {
    switch self {
    case .int(let value): Double(value)
    case .double(let value): value
    default: nil
    }
  }
}
