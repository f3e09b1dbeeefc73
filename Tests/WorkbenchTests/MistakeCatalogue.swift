import Foundation
import Jupyter
import Workbench

/// Cells that are wrong, each in a way of its own, and what they answer. `Mistakes.md` shows both.
enum MistakeCatalogue {
  struct Group {
    var title: String
    /// Run before each cell of the group.
    var before = ""
    /// Where the files are that the cells name, from the package on; the page shows them beside the notebook.
    var folder = ""
    var cells: [String]
  }

  static let groups: [Group] = [
    Group(
      title: "Reading a cell",
      cells: [
        "trian epochs=20", "trian", "Train epochs=20", "frobnicate 3", "for i in xs:", "!pip install torch",
        "train epochs=20, seed=1",
        "train epochs: 20", "train epochs=20 seed 3", "train epochs=20 3", "train epochs=", "train epochs=1 epochs=2",
        "x = [1, 2\ntrain", "x = (1]", "x = \"abc", "x = 1..<4", "x = a && b", "x = 10m", "x = 1180591620717411303424",
        "x = 1e400", "x += 1", "x = xs[1:2]", "train\n    epochs=3", "x = 5 $ 3", "x = \u{201C}a\u{201D}",
        "true = 1", "1 = 2", "x = y = 2", "x = (1, 2", "x = {\"a\" 1}", "x = [1 2]", "x = xs.", "x = xs[]",
      ]),
    Group(
      title: "Values and names", before: "width = 128\nxs = [1, 2, 3]",
      cells: [
        "widht", "x = widht + 1", "1 / 0", "9223372036854775807 + 1", "10 ** 400.0", "xs[3]", "xs[\"a\"]", "xs.first",
        "width.x", "frob(1)",
        "\"a\" + 1", "not width", "width and true", "best.value", "trials[0]", "run.epochs", "run(\"deep\")",
        "network.parameters",
        "network.widht", "study.name", "evaluate.accuracy", "{\"a\": 1}.b",
        "round(1, 2, 3)", "round(1.5, 99)", "min()", "int(\"a\")", "float(\"abc\")", "int(1e300)", "len(3)",
        "sum(\"a\")", "abs(1, x=2)",
        "{\"a\": 1}[\"b\"]", "width[0]", "width(1)", "1 in 2", "\"a\" < 1", "-\"a\"", "\"a\"..3", "(-1) ** 0.5",
        "run(3)",
      ]),
    Group(
      title: "Commands and parameters",
      cells: [
        "train epochs=20 learning_rat=0.1", "train frob=1", "train epochs=0", "train epochs=2.5",
        "train epochs=\"many\"",
        "train batch_size=0", "train batch_size=some", "train learning_rate=-1", "train learning_rate=0",
        "train optimizer=adm",
        "train optimizer=frob", "train optimizer=adam(0.1)", "train schedule=step(factr=0.5)",
        "train schedule=step(factor=2.0, every=0)", "train schedule=steps",
        "train momentum=0.9", "train early_stopping=patience", "train early_stopping=patience(0)", "train metrics=f1",
        "train metrics=[f2]", "train shuffle=yes",
        "train class_weight=heavy", "train fast", "train", "train resume=true", "train epochs=widht", "train name=deep",
        "network hidden=128", "network hidden=[0]", "network hidden=[64, \"a\"]", "network activation=rellu",
        "network dropout=1", "network norm=layers", "network norm=layer batch_norm=true",
        "network dropout=1.5", "network hidden=[64] layers=2", "network hidden[3]=5", "network initializer=he",
        "evaluate tset", "evaluate",
        "set progress=loud", "set threads=0", "set seed=-1", "help tran", "compare", "compare \"deep\"", "print x",
        "exit now",
      ]),
    Group(
      title: "Data",
      cells: [
        "data digit", "data mnits", "data csv", "data csv(\"nowhere.csv\")",
        "data csv(\"nowhere.csv\", target=\"price\")", "data idx(\"nowhere\")",
        "data spirals(n=0)", "data spirals(noise=-1)", "data digits validation=2.0", "data digits validation=-1",
        "data digits test=100000",
        "data digits folds=1", "data digits standardize=none_at_all", "data digits limit=0",
        "data digits task=regresion", "data digits digits",
        "data", "plot data", "data iris limit=1000", "data iris folds=1000", "data iris validation=140",
        "data spirals(n=2, classes=3)",
        "data csv(\"a.csv\", target=\"x\", separator=\"ab\")",
      ]),
    Group(
      title: "Trainings that cannot be", before: "data iris",
      cells: [
        "train schedule=piecewise([10], [0.1])", "train schedule=piecewise([10, 5], [0.1, 0.2, 0.3])",
        "network output=sigmoid\ntrain loss=cross_entropy",
        "network output=softmax\ntrain loss=binary_cross_entropy", "network output=softmax\ntrain loss=hinge",
        "train metrics=[r2]",
        "train class_weight=[1, 2]", "train class_weight=[0, 0, 0]", "train optimizer=sgd beta1=0.5",
        "network batch_norm=true\ntrain batch_size=1",
        "train learning_rate=1e30 optimizer=sgd epochs=2", "train repeat=2 epochs=1 checkpoint=\"a.attune\"",
        "find_learning_rate low=1 high=0.1",
        "data iris validation=0\ntrain early_stopping=patience(2)", "import weights from=\"w.npz\"",
        "load \"m.attune\"", "save \"m.attune\"",
        "predict csv(\"new.csv\")", "plot data frob",
      ]),
    Group(
      title: "After a training", before: "data iris\ntrain epochs=1 name=\"a\"",
      cells: [
        "train resume=true", "train resume=true learning_rate=0.1", "plot accuracy metric=\"r2\"",
        "plot confusion split=tset",
        "evaluate test metrics=[r2]", "predict test to=\"p.txt\"", "export run to=\"a.xyz\"",
        "export run to=\"nowhere/a.onnx\"",
        "plot loss \"b\"", "plot loss b", "compare \"a\" \"b\"", "plot history 3",
      ]),
    Group(
      title: "Spaces",
      cells: [
        "space", "space\n    layers in 4..1", "space\n    learning_rate in log(0..1)",
        "space\n    learning_rate in log(1)", "space\n    layers in 1.5..4",
        "space\n    layers 1..4", "space\n    layers in", "space\n    layres in 1..4",
        "space\n    optimizer in {sgd, adm}", "space\n    optimizer in 1..4",
        "space\n    optimizer in {}", "space\n    optimizer in {sgd, sgd}", "space\n    dropout in 0.0..1.5",
        "space\n    dropout in 0.0..0.5 step 0",
        "space\n    dropout in 0.0..0.5 stp 0.1", "space\n    learning_rate in log(1e-5..1) step 0.1",
        "space\n    batch_size in {0, 32}",
        "space\n    momentum in 0.0..0.9 when optimzer == sgd", "space\n    layers in 1..4\n    layers in 1..2",
        "space\n    momentum in 0.0..0.9 when optimizer = sgd",
        "space\n    layers in 1..4\n    subject to paramters <= 1000",
        "space\n    layers in 1..4\n      neurons in {64}", "space externl\n    x in 1..4",
        "space external\n    x in 1..inf",
        "space external\n    x in 4..1", "space external\n    x in {a, a}",
        "space\n    layers in {1, 2} step 1", "space\n    learning_rate in log(1..2..3)",
        "space\n    layers in 1..4 step 0",
        "space\n    dropout in 0.0..0.5 step 1e-12", "space\n    subject to parameters <= 3",
        "space\n    layers in \"a\"..3",
        "space\n    optimizer in {sgd, adam}\n    momentum in 0.0..0.9 when optimizer == rmsprop",
        "space\n    momentum in 0.0..0.9 when optimizer == sgd\n    optimizer in {sgd, adam}",
        "space\n    layers in 1..3\n    neurons in {8} when layers in 3",
        "space\n    layers in 1..3\n    neurons in {8} when 3",
      ]),
    Group(
      title: "Searching", before: "data digits limit=200",
      cells: [
        "tune trials=0", "tune sampler=tpee", "tune sampler=tpe(startups=5)", "tune objective=val_los",
        "tune objective=[val_loss, val_los]",
        "tune direction=down", "tune timeout=10m", "tune timeout=-5s", "tune pruner=medain", "tune parallel=0",
        "tune stop=stagnation(0)", "tune trials=5",
        "best", "trials", "trials top=0", "retrain best", "importance", "enqueue learning_rate=0.1", "ask",
        "tell 0 0.5", "tell 0", "report 0 value=1",
        "study new", "study opn \"mine\"", "study open \"mine\"", "study delete \"mine\"", "study rename \"mine\"",
        "plot history",
      ]),
    Group(
      title: "A study that goes on",
      before: "data digits limit=200\nspace\n    neurons in 4..8\ntune trials=2 epochs=1 parallel=1",
      cells: [
        "retrain 7 epochs=1", "trials[7]", "enqueue neurons=100", "enqueue layers=2", "tell 0 1", "tell 7 1",
        "report 0 step=1 value=1",
        "plot contour neurons layers", "plot contour neurons", "plot pareto", "plot slice neurons",
        "tune pruner=threshold",
        "tune pruner=threshold(lower=2, upper=1)", "tune pruner=asha(bootstrap=3)",
        "tune pruner=hyperband(min_resource=8, max_resource=2)",
        "space\n    layers in 1..3\ntune trials=1", "space\n    neurons in {4, 8}\ntune trials=1",
        "tune objective=val_accuracy trials=1",
        "data iris\ntune trials=1", "tune objective=val_r2 trials=1", "tune direction=[minimize, maximize] trials=1",
        "study new \"a\"\ntune objective=[val_loss, parameters] trials=2 epochs=1\nbest",
        "tune workers=processes(2) trials=1", "tune join=true trials=1",
        "space external\n    x in 1..3\ntune trials=1",
        "space external\n    x in {a}\nstudy new \"one\" sampler=grid\nask\nask",
        "study new \"a\" direction=[minimize, maximize]\nask\ntell 0 1", "export trials to=\"t.xls\"",
        "export best to=\"x.pt\"",
      ]),
    Group(
      title: "Files that are cut off", before: "data iris\nnetwork hidden=[2]", folder: "Tests/References/damaged/",
      cells: [
        "data csv(\"cut.csv\", target=\"price\")", "data csv(\"quote.csv\", target=\"price\")",
        "data npz(\"cut.npz\", x=\"x\", y=\"y\")", "import weights from=\"cut.npz\"",
        "import weights from=\"cut.safetensors\"", "import weights from=\"cut.json\"",
        "load \"cut.attune\"",
        "study storage \"cut.db\"", "study storage \"cut.csv\"",
      ]),
    Group(
      title: "Looking",
      cells: [
        "plot", "plot los", "plot loss", "plot loss \"deep\"", "plot confusion", "plot schedule",
        "plot schedule stp(0.5)", "plot loss to=3",
        "plot schedule step(factor=0.5) epochs=0", "plot path", "plot path adm", "plot path step(0.5)",
        "plot path adam surface=hill", "clear all", "show all",
      ]),
    Group(
      title: "Several at once",
      cells: [
        "trian epochs=1\nx = 1 2\nspace\n    layers in\n    neurons in {1, 2}\ny = 10m",
        "x = 1 2\nprint x\ntrain epochs=0\nspace\n    layers\n    neurons in 1..4 when layers > 2",
        "train epochs=0 learning_rat=0.1 optimizer=adm\nwidht\nplot los",
      ]),
  ]

  static func markdown() -> String {
    let intro = """
      # Mistakes

      What a cell answers when something is wrong with it: the line, a caret under the exact place, what was expected and,
      where one is near, a suggestion. Nothing of the cell has run. This page is made by running each cell; a test keeps it so.
      """
    let sections = groups.map { group in
      let before = group.before.isEmpty ? "" : "\n\nBehind a cell of\n\n```\n\(group.before)\n```"
      return "## \(group.title)\(before)\n\n"
        + group.cells.map {
          "```\n\($0)\n```\n\n```text\n\(answer(to: $0, after: group.before, in: group.folder))\n```"
        }.joined(
          separator: "\n\n")
    }
    return ([intro] + sections).joined(separator: "\n\n") + "\n"
  }

  static func answer(to cell: String, after before: String, in folder: String = "") -> String {
    let workbench = Workbench()
    let recorder = Recorder()
    _ = workbench.execute(Cell(source: "set progress=none"), output: recorder)
    if !before.isEmpty, let failure = workbench.execute(Cell(source: before), output: recorder).failure {
      return "! \(failure.message)"
    }
    let source = ["cut.", "quote."].reduce(cell) { $0.replacing("\"\($1)", with: "\"\(folder)\($1)") }
    guard let failure = workbench.execute(Cell(source: source), output: recorder).failure else { return "(no mistake)" }
    // The page is the same wherever it is made.
    return withoutFolder(folder, failure.traceback.joined(separator: "\n"))
      .replacingOccurrences(of: FileManager.default.currentDirectoryPath, with: "/home/you/notebooks")
  }

  /// An answer as if the files were in the notebook's own folder: carets below the names are as much fewer.
  private static func withoutFolder(_ folder: String, _ answer: String) -> String {
    if folder.isEmpty { return answer }
    var lines = answer.components(separatedBy: "\n")
    for index in lines.indices {
      let isMarked = lines[index].contains("^") && lines[index].allSatisfy { " ^~".contains($0) }
      if isMarked, lines[index - 1].contains(folder) { lines[index].removeLast(folder.count) }
    }
    return lines.joined(separator: "\n").replacing(folder, with: "")
  }
}
