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
