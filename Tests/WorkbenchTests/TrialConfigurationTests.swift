import Foundation
import Jupyter
import LinearAlgebra
import Testing
import Workbench

/// A trial keeps what it was made with: whatever builds its network again repeats its value to the last digit.
@Suite struct TrialConfigurationTests {
  static let settings = [
    "epochs=3", "epochs=4 early_stopping=patience(1)", "epochs=2 schedule=step(factor=0.5, every=1) optimizer=sgd",
    "epochs=2 batch_size=16 dropout=0.2 batch_norm=true metrics=[f1] seed=7",
    "epochs=2 initializer=uniform(-0.1, 0.1) loss=label_smoothing(0.1)",
  ]

  private static let start = """
    data iris
    network hidden=[12, 6] activation=tanh
    space
        learning_rate in log(1e-3..1e-1)

    """

  @Test(arguments: settings)
  func `retraining repeats the value`(settings: String) throws {
    let session = KeepingSession()
    session.run(Self.start + "tune trials=2 \(settings)\nnetwork hidden=[3]\nset seed=99")
    for number in 0..<2 {
      session.run("retrain \(number) name=\"again\"")
      let value = try #require(session.value("trials[\(number)].value")?.float)
      let list = try #require(session.value("run.history.val_loss")?.array)
      let history = list.compactMap(\.float)
      let best = try #require(session.value("trials[\(number)].metrics.best_epoch")?.int)
      let counted = settings.contains("early") ? history[best - 1] : history.last
      #expect(counted == value, "\(settings), trial \(number)")
    }
    #expect(session.value("run.history.val_loss")?.array?.isEmpty == false)
  }

  @Test func `the best of another session leaves with its own network`() throws {
    let first = KeepingSession()
    first.run(
      "study storage \"@/s.db\"\nstudy new \"y\"\n" + Self.start
        + "tune trials=2 epochs=6\nnetwork hidden=[2]\ntune trials=1 epochs=1")
    let value = try #require(first.value("best.value")?.float)
    let second = KeepingSession(folder: first.folder)
    let said = second.run("study open \"y\" storage=\"@/s.db\"\nexport best to=\"@/b.json\"")
    #expect(said.contains("val_loss is \(value), as the study has it"))
    #expect(second.value("run.history.val_loss")?.array?.last?.float == value)
    #expect(
      second.value("trials[0].configuration.hidden") == [12, 6] && second.value("trials[2].configuration.hidden") == [2]
    )
    #expect(second.run("trials").contains("hidden"))
    #expect(second.run("trials columns=[val_accuracy, seed]").contains("val_accuracy"))
  }

  @Test func `a trial names the instruction set that its numbers come from`() throws {
    let session = KeepingSession()
    session.run("study storage \"@/s.db\"\nstudy new \"y\"\n" + Self.start + "tune trials=1 epochs=1")
    let file = String(decoding: try Data(contentsOf: URL(fileURLWithPath: session.folder + "/s.db")), as: UTF8.self)
    let kind = try #require(file.firstRange(of: "instructions"))
    #expect(file[kind.upperBound...].prefix(20).contains(InstructionSet.current.rawValue))
  }

  @Test func `a command that fails leaves the session as it was`() throws {
    let first = KeepingSession()
    first.run("study storage \"@/s.db\"\nstudy new \"y\"\n" + Self.start + "tune trials=2 epochs=1")
    for cell in [
      "retrain 9", "study open \"nobody\"", "study storage \"@/no/where.db\"",
      "study open \"y\" storage=\"@/nothing.txt\"", "data csv(\"@/none.csv\")", "load \"@/none.attune\"",
      "import weights from=\"@/none.npz\"", "tune objective=val_accuracy", "train resume=true epochs=1 seed=3",
    ] {
      let before = first.run("show\nnetwork\nspace\nstudy storage")
      #expect(first.failure(cell) != nil, "\(cell)")
      let after = first.run("show\nnetwork\nspace\nstudy storage")
      #expect(before == after, "\(cell)")
      #expect(first.value("network") != nil)
    }
  }

  @Test func `a pruned trial keeps what it was trained with, and retrain takes it`() throws {
    let notebook = try Notebook(
      "set progress=none seed=3", "data iris", "network hidden=[8] activation=tanh",
      "space\n    learning_rate in log(1e-4..1)", "study new \"s\" seed=5",
      "tune trials=8 epochs=3 sampler=random pruner=median(startup=1) parallel=1 batch_size=16;",
      "network hidden=[32] activation=relu", "set seed=9")
    let pruned = try #require((0..<8).first { try notebook.json("trials[\($0)].state") == "pruned" })
    #expect(try notebook.json("trials[\(pruned)].configuration.activation") == "tanh")
    #expect(try notebook.json("trials[\(pruned)].metrics.epochs").int ?? 0 > 0)
    try notebook.run("retrain \(pruned);")
    #expect(try notebook.json("run.history.val_loss[0]") == notebook.json("trials[\(pruned)].intermediate[\"1\"]"))
  }

  @Test func `a trial's seed is one number everywhere, and train takes it`() throws {
    let notebook = try Notebook(
      "set progress=none seed=4", "data iris", "space\n    learning_rate in log(1e-3..1e-1)",
      "tune trials=6 epochs=2 sampler=random parallel=1;")
    let low = try #require((0..<6).first { try (notebook.json("trials[\($0)].seed").int ?? 0) < 0 })
    let seed = try #require(notebook.json("trials[\(low)].seed").int)
    try notebook.run("retrain \(low);")
    #expect(try notebook.json("run.seed").int == seed)
    try notebook.run("train epochs=2 learning_rate=trials[\(low)].params.learning_rate seed=\(seed);")
    #expect(try notebook.json("run.history.val_loss[1]") == notebook.json("trials[\(low)].value"))
  }

  @Test func `what a study is judged by is measured when a trial is trained again`() throws {
    let notebook = try Notebook(
      "set progress=none", "data moons(n=200) positive=1", "space\n    learning_rate in log(1e-3..1e-1)",
      "tune trials=2 epochs=2 objective=val_f1 parallel=1;", "retrain 1;")
    #expect(try notebook.json("run.history.val_f1[1]") == notebook.json("trials[1].value"))
  }
}

extension JSON {
  fileprivate var float: Double? {
    switch self {
    case .int(let value): Double(value)
    case .double(let value): value
    default: nil
    }
  }
}
