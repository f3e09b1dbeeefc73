import Jupyter
import Testing
import Workbench

/// The same cells give the same numbers and the same outputs.
@Suite struct DeterminismTests {
  static let space = """
    space
        layers        in 1..2
        neurons       in {4, 8, 16, 32}
        learning_rate in log(1e-4..1e-1)
        batch_size    in {8, 16, 64}
    """

  /// Everything the cells show, in order.
  static func shown(_ cells: [String]) throws -> [String] {
    let notebook = try Notebook()
    return try cells.map { cell in
      let answer = try notebook.run(cell)
      let displays = answer.displays.map { bundle in
        bundle.data.keys.sorted().map { kind in "\(kind): \(String(describing: bundle.data[kind]))" }.joined(
          separator: "\n")
      }
      let written: [String] = [answer.written(), answer.written(to: .stderr), answer.result ?? ""]
      return (written + displays).joined(separator: "\n")
    }
  }

  @Test(arguments: ["random", "tpe(startup=4)", "gp", "cmaes", "evolution", "bohb", "qmc", "auto", "pbt"])
  func `the same study twice shows the same bytes`(_ sampler: String) throws {
    let cells = [
      "set progress=none", "data iris", Self.space,
      "tune trials=12 sampler=\(sampler) pruner=median epochs=3 parallel=2 seed=4", "trials", "best",
      "importance", "retrain best epochs=3", "evaluate test", "plot parallel", "plot intermediate",
    ]
    #expect(try Self.shown(cells) == Self.shown(cells))
  }

  @Test func `threads change no number`() throws {
    func trained(_ threads: Int) throws -> (JSON, JSON) {
      let notebook = try Notebook(
        "set threads=\(threads)", "data digits", "train epochs=2 batch_size=512 dropout=0.2 batch_norm=true",
        Self.space,
        "tune trials=6 epochs=2 sampler=tpe(startup=3) parallel=2")
      return (try notebook.json("run.history"), try notebook.json("trials").withoutTimes)
    }
    let (one, two) = try (trained(1), trained(2))
    #expect(one == two)
  }

  @Test func `a study in two calls is the study in one`() throws {
    func table(_ calls: [String]) throws -> JSON {
      let notebook = try Notebook("data iris", Self.space)
      for call in calls { try notebook.run(call) }
      return try notebook.json("trials").withoutTimes
    }
    let words = "epochs=2 sampler=tpe(startup=4) parallel=1 seed=2"
    #expect(try table(["tune trials=10 \(words)"]) == table(["tune trials=6 \(words)", "tune trials=4 \(words)"]))
  }

  @Test func `the session's seed is everybody's`() throws {
    func history(_ cells: String...) throws -> JSON {
      let notebook = try Notebook()
      for cell in cells { try notebook.run(cell) }
      return try notebook.json("run.history")
    }
    let three = try history("set seed=3", "data iris", "train epochs=2")
    #expect(try three == history("data iris seed=3", "train epochs=2 seed=3"))
    #expect(try three != history("data iris", "train epochs=2"))
  }
}
