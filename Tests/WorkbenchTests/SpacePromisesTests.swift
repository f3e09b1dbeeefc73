import Jupyter
import Search
import Testing
import Workbench

/// What a space promises is kept by `tune` and `ask`, whoever samples.
@Suite struct SpacePromisesTests {
  /// A space with a rule, by the rule's kind, and the configurations that keep it as an expression over `p`.
  struct Rule: Sendable, CustomTestStringConvertible {
    let space: String
    let keeps: @Sendable ([String: Double]) -> Bool
    var testDescription: String { space }
  }

  static let rules = [
    Rule(space: "neurons in 8..64\n    subject to dropout + weight_decay < 0.3") { _ in true },
    Rule(space: "hidden[0] in 4..64\n    hidden[1] in 4..64\n    subject to hidden[1] <= hidden[0]") {
      $0["hidden[1]"]! <= $0["hidden[0]"]!
    },
    Rule(space: "hidden[0] in 16..64\n    hidden[1] in 8..hidden[0]") { $0["hidden[1]"]! <= $0["hidden[0]"]! },
    Rule(space: "hidden[0] in 4..64\n    hidden[1] in 4..64\n    subject to max(hidden[0], hidden[1]) <= 48") {
      max($0["hidden[0]"]!, $0["hidden[1]"]!) <= 48
    },
    Rule(space: "layers in 1..3\n    neurons in 4..128\n    subject to parameters <= 400") { values in
      let (layers, width) = (values["layers"]!, values["neurons"]!)
      return 5 * width + (layers - 1) * (width + 1) * width + 3 * (width + 1) <= 400
    },
    Rule(space: "layers in 1..3\n    neurons in 4..64\n    subject to len(hidden) * hidden[0] == 64") {
      $0["layers"]! * $0["neurons"]! == 64
    },
  ]

  private func values(_ trial: JSON) -> [String: Double] {
    (trial["params"]?.object ?? [:]).compactMapValues {
      switch $0 {
      case .int(let number): Double(number)
      case .double(let number): number
      default: nil
      }
    }
  }

  @Test(arguments: Samplers.all.map(\.syntax.name), rules)
  func `no trial of tune breaks a rule`(sampler: String, rule: Rule) throws {
    let notebook = try Notebook(
      "set progress=none", "data iris limit=30", "space\n    \(rule.space)",
      "tune trials=8 epochs=1 sampler=\(sampler) parallel=2 batch_size=all", "tune trials=4")
    let trials = try #require(try notebook.json("trials").array)
    for trial in trials { #expect(rule.keeps(values(trial)), "\(trial)") }
    #expect(try notebook.json("best.number").int != nil)
  }

  @Test func `an inactive parameter makes a rule not apply`() throws {
    let notebook = try Notebook(
      "set progress=none",
      """
      space external
          layers in 1..3
          n0 in 16..256
          n1 in 16..256 when layers >= 2
          n2 in 16..256 when layers >= 3
          subject to n1 <= n0
          subject to n2 <= n1
      """, "study new \"mine\" sampler=random")
    for _ in 0..<15 { try notebook.run("ask;") }
    let trials = try #require(try notebook.json("trials").array).map(values)
    #expect(Set(trials.map { $0["layers"] }) == [1, 2, 3])
    for trial in trials {
      if let n1 = trial["n1"] { #expect(n1 <= trial["n0"]!) }
      if let n2 = trial["n2"] { #expect(n2 <= trial["n1"]!) }
    }
  }

  @Test(arguments: [
    ("space\n    neurons in 64..128\n    subject to parameters <= 100\ntune trials=3", "parameters <= 100"),
    ("space external\n    a in 0..500\n    subject to a + a == 3\nstudy new \"m\"\nask", "a + a == 3"),
    ("space external\n    a in 0..3\n    subject to a <= limit", "unknown name 'limit'"),
    ("space\n    optimizer in {sgd, adam}\n    subject to optimizer == adm", "adm"),
    ("space external\n    x in 0..9223372036854775807", "ends beyond 2**53"),
    ("space external\n    x in log(1..9223372036854775807)", "ends beyond 2**53"),
    ("space\n    layers in 1..9223372036854775807", "layers is a whole number"),
    ("space\n    neurons in {4, 8}\ntune pruner=wilcoxon", "wilcoxon compares the folds or repeats"),
    ("space\n    neurons in {4, 8}\nstudy new \"m\" direction=maximize\ntune trials=1", "this study is to maximize"),
    (
      "space external\n    o in {a, b}\n    m in 0.0..1.0 when o == a\nstudy new \"m\"\nenqueue m=0.5 o=b",
      "'m' has no effect with o=b"
    ),
  ])
  func `what cannot be kept is said before anything trains`(cells: String, message: String) throws {
    let notebook = try Notebook("set progress=none", "data iris")
    let refusal = try #require(notebook.execute(cells).failure).message
    #expect(refusal.contains(message), "\(refusal)")
  }

  @Test(arguments: [
    ("space\n    optimizer in {sgd, adam}\n    momentum in 0.0..0.9", ["momentum has no effect", "optimizer == sgd"]),
    ("space\n    layers in 1..2\n    hidden[1] in 8..32", ["hidden[1] has no effect with layers=1", "layers > 1"]),
    ("space\n    optimizer in {sgd, adam}\n    momentum in 0.0..0.9 when optimizer == sgd", []),
    ("space\n    hidden[1] in 8..32", []),
    ("space\n    neurons in 1..1000 step 10", ["ends at 991"]),
    ("space\n    clip_norm in {none, 1.0}", ["{none, 1.0}"]),
    ("space\n    schedule in {constant, cosine(min in log(1e-6..1e-3))}", ["cosine.min", "schedule == cosine"]),
  ])
  func `a space says what it leaves out and what has no effect`(cell: String, texts: [String]) throws {
    let shown = try Notebook("set progress=none").run(cell)
    let all = shown.text + shown.written(to: .stderr)
    for text in texts { #expect(all.contains(text), "\(all)") }
    if texts.isEmpty { #expect(!all.contains("no effect"), "\(all)") }
  }

  @Test func `none is none with a sampler that brings a pruner`() throws {
    let notebook = try Notebook(
      "set progress=none", "data iris", "space\n    learning_rate in log(1e-5..1)",
      "tune trials=24 epochs=9 sampler=bohb pruner=none parallel=1")
    let trials = try #require(try notebook.json("trials").array)
    #expect(trials.allSatisfy { $0["state"]?.string == "complete" })
  }

  @Test func `wilcoxon compares folds, and the best is complete`() throws {
    let notebook = try Notebook(
      "set progress=none", "data iris folds=5", "space\n    learning_rate in {0.1, 0.00001, 0.00002}",
      "tune sampler=grid trials=3 epochs=8 pruner=wilcoxon parallel=1")
    let trials = try #require(try notebook.json("trials").array)
    #expect(trials[0]["intermediate"]?.object?.count == 5)
    #expect(trials[0]["state"]?.string == "complete" && trials[1]["state"]?.string == "pruned", "\(trials)")
    #expect(trials[1]["reason"]?.string?.contains("fold") == true)
  }

  @Test func `a short grid is spread by the seed`() throws {
    let notebook = try Notebook(
      "set progress=none", "data iris",
      "space\n    layers in 1..4\n    neurons in {4, 8, 16, 32}\n    batch_size in {16, 32}",
      "tune trials=8 sampler=grid epochs=1;")
    let layers = Set(try #require(try notebook.json("trials").array).map { values($0)["layers"] })
    #expect(layers.count > 1)
    #expect(try notebook.run("tune trials=4 epochs=1").text.contains("12 of 32 points"))
  }

  @Test func `values of different kinds are told apart`() throws {
    let notebook = try Notebook(
      "set progress=none", "space external\n    x in {1, \"1\"}\n    y in {none, \"none\"}",
      "study new \"m\" sampler=grid")
    for _ in 0..<4 { try notebook.run("ask;") }
    let rows = try notebook.run("trials").text.split(separator: "\n").suffix(4).map { line in
      line.split(separator: " ").dropFirst(2).prefix(2).joined(separator: " ")
    }
    #expect(Set(rows) == ["1 none", "1 \"none\"", "\"1\" none", "\"1\" \"none\""], "\(rows)")
  }

  @Test func `a rule means the same in a study that is opened again`() throws {
    let folder = try TemporaryFolder()
    let file = folder.path + "/rules.db"
    _ = try Notebook(
      "study storage \"\(file)\"",
      "space external\n    n in 2..3\n    a in 8..99\n    b in 8..a when n > 2\n    subject to a in {9, 19} or n == 2",
      "study new \"m\" sampler=random seed=2", "ask;")
    let second = try Notebook("study storage \"\(file)\"", "study open \"m\"")
    for _ in 0..<12 { try second.run("ask;") }
    for trial in try #require(try second.json("trials").array).map(values) {
      #expect(trial["n"] == 2 || [9, 19].contains(trial["a"]), "\(trial)")
      if let b = trial["b"] { #expect(b <= trial["a"]!) }
    }
  }
}
