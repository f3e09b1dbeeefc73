import Jupyter
import Language
import Testing
import Workbench

/// The caret is under what the mistake is about, whatever its sentence says.
@Suite struct CaretTests {
  /// What the caret line marks of the last line shown before it.
  static func marked(_ failure: Failure) -> String {
    let lines = failure.traceback
    guard let at = lines.firstIndex(where: { $0.contains("^") && $0.allSatisfy { " ^~\t".contains($0) } }), at > 0
    else {
      return ""
    }
    return String(zip(Array(lines[at - 1]), Array(lines[at])).filter { "^~".contains($0.1) }.map(\.0))
  }

  @Test(arguments: [
    ("data iris validation=0", "train epochs=2 loss=cross_entropy early_stopping=patience(5)", "patience(5)"),
    (
      "data iris validation=0", "train loss=cross_entropy epochs=2 early_stopping=patience(5, monitor=val_loss)",
      "patience(5, monitor=val_loss)"
    ),
    ("data iris", "train epochs=1 metrics=[r2]", "[r2]"),
    (
      "data iris", "train epochs=1 metrics=[f1] early_stopping=patience(2, monitor=val_r2)",
      "patience(2, monitor=val_r2)"
    ),
    ("data iris", "train loss=mse epochs=1 class_weight=[1, 2]", "[1, 2]"),
    ("data iris", "train epochs=1 optimizer=sgd loss=cross_entropy beta1=0.5", "0.5"),
    ("network output=sigmoid\ndata iris", "train epochs=1 metrics=[f1] loss=cross_entropy", "cross_entropy"),
    ("network batch_norm=true\ndata iris", "train epochs=1 loss=cross_entropy batch_size=1", "1"),
    ("data iris", "train epochs=3 schedule=piecewise([10], [0.1])", "piecewise([10], [0.1])"),
    ("data iris", "find_learning_rate low=1 high=0.1", "0.1"),
    ("", "data iris validation=0.1 limit=1000", "1000"), ("", "data iris test=0.1 folds=1000", "1000"),
    ("", "data iris test=0.1 validation=140", "140"), ("", "data iris validation=10 test=1000", "1000"),
    ("", "data spirals(n=2, classes=3) validation=0", "2"),
    ("data iris validation=0\ntrain epochs=1", "evaluate validation metrics=[f1]", "validation"),
    ("data iris\ntrain epochs=1", "evaluate test metrics=[r2]", "[r2]"),
    ("data iris\ntrain epochs=1", "plot loss to=\"nowhere/a.svg\"", "\"nowhere/a.svg\""),
    ("data iris\ntrain epochs=1", "save \"nowhere/a.attune\" replace=true", "\"nowhere/a.attune\""),
    ("data iris\ntrain epochs=1", "export run to=\"nowhere/a.npz\"", "\"nowhere/a.npz\""),
    ("", "load \"nowhere.attune\"", "\"nowhere.attune\""),
    ("", "data csv(\"nowhere.csv\", target=\"y\")", "\"nowhere.csv\""),
    ("", "data \"nowhere.csv\" target=y", "\"nowhere.csv\""),
    ("data iris\ntrain epochs=1", "predict csv(\"nowhere.csv\")", "\"nowhere.csv\""),
  ])
  func caret(_ before: String, _ cell: String, _ expected: String) throws {
    let notebook = try Notebook("set progress=none\n" + before)
    let failure = try #require(notebook.execute(cell).failure)
    #expect(Self.marked(failure) == expected, "\(failure.traceback.joined(separator: "\n"))")
  }
}
