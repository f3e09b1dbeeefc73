import Foundation
import Jupyter
import Testing
import Workbench

/// What a person types by habit: assertions, files by their names, settings as assignments, percentages.
@Suite struct TypedWordsTests {
  @Test(arguments: [
    "assert 1 < 2", "assert 1 < 2, \"so it is\"", "assert run.epochs == 3", "assert 2 in [1, 2] and true",
  ])
  func holds(_ cell: String) throws {
    let answer = try Notebook("set progress=none", "data iris", "train epochs=3").run(cell)
    #expect(answer.text.isEmpty)
  }

  @Test(arguments: [
    (
      "assert run.epochs == 5, \"five were asked\"", "assertion failed: five were asked: 3 == 5 is false",
      "run.epochs == 5"
    ),
    ("assert 1 < 2 and run.epochs > 9", "assertion failed: 3 > 9 is false", "run.epochs > 9"),
    ("assert not true", "assertion failed: it is false", "not true"),
    ("x = [1, 2]\nassert 3 in x", "line 2: assertion failed: 3 in [1, 2] is false", "3 in x"),
  ])
  func fails(_ cell: String, _ message: String, _ marked: String) throws {
    let failure = try #require(
      Notebook("set progress=none", "data iris", "train epochs=3").execute(cell).failure)
    #expect(failure.name == "AssertionError")
    #expect(failure.message == message)
    #expect(CaretTests.marked(failure) == marked)
  }

  @Test(arguments: ["assert 3", "assert nosuch == 3", "assert (1 == 2, \"a\")", "assert"])
  func `a condition that is none is refused before the cell runs`(_ cell: String) throws {
    let notebook = try Notebook()
    let failure = try #require(notebook.execute("marker = 1\n\(cell)").failure)
    #expect(failure.name == "CommandError")
    #expect(notebook.execute("marker").failure != nil)
  }

  @Test func `a file is read by its name`() throws {
    let folder = try TemporaryFolder()
    let table = "a;b;price\n" + (0..<40).map { "\($0);\($0 % 7);\($0 * 2).5" }.joined(separator: "\n") + "\n"
    let file = try folder.write(table, to: "houses.csv")
    for cell in [
      "data \"\(file)\" target=price", "data \"\(file)\"", "file = \"\(file)\"\ndata file test=0.2 target=\"price\"",
      "data csv(\"\(file)\", target=price)",
    ] {
      let notebook = try Notebook(cell)
      #expect(try notebook.json("data.task") == "regression", "\(cell)")
      #expect(try notebook.json("data.features") == 2, "\(cell)")
    }
    let notebook = try Notebook()
    let failure = try #require(notebook.execute("data \"\(file)\" taget=price").failure)
    #expect(failure.message == "unknown parameter 'taget' of csv; did you mean 'target'?")
    #expect(CaretTests.marked(failure) == "taget")
    #expect(notebook.execute("data nosuch.csv").failure?.message.contains("nosuch.csv") == true)
  }

  @Test(arguments: [
    ("epochs = 3", "train epochs=3"), ("learning_rate = 10", "train learning_rate=10"), ("seed = 5", "set seed=5"),
    ("data = digits", "data digits"), ("hidden = [64, 32]", "network hidden=[64, 32]"),
    ("trials = 20\nprint 1", "tune trials=20"),
  ])
  func `an assignment that looks like a setting says what to type`(_ cell: String, _ line: String) throws {
    let answer = try Notebook().run(cell)
    #expect(answer.written(to: .stderr).contains(line), "\(answer.written(to: .stderr))")
    #expect(answer.failure == nil)
  }

  @Test(arguments: [
    "width = 128", "epochs = 3\ntrain epochs=epochs", "# Parameters\nepochs = 3\ntrials = 20",
    "epochs = 3\nassert epochs == 3", "seed = 0\ntrials_to_run = 10",
    "epochs = 3\nspace external\n    x in 1..epochs",
  ])
  func `one that is used says nothing`(_ cell: String) throws {
    #expect(try Notebook("set progress=none", "data iris").run(cell).written(to: .stderr) == "")
  }

  @Test func `a variable that is there already says nothing`() throws {
    let notebook = try Notebook("epochs = 3")
    #expect(try notebook.run("epochs = 4").written(to: .stderr) == "")
  }

  /// One mistake is one message, with one caret.
  @Test(arguments: [
    ("for i in range(3):\n    train\n    print i", "for"), ("def f(x):\n    return x", "def"),
    ("if 1 < 2:\n    train", "if"), ("while true:\n    train", "while"), ("import numpy as np", "import"),
    ("import torch", "import"), ("from x import y", "from"), ("import a, b", "import"), ("class A:\n  x = 1", "class"),
    ("with open(1) as f:\n  x", "with"), ("space:\n    layers in 1..4", ":"),
    ("space layers in 1..4", "layers in 1..4"),
    ("space\nlayers in 1..4\nneurons in 1..2", "layers"),
    ("space\n    layers in 1..4\n      neurons in {8}", "neurons"), ("x = data digits", "data"), ("!ls", "!"),
    ("%time", "%"),
    ("data digits test=20%", "20%"), ("plot heatmap", "heatmap"), ("network summary", "summary"),
    ("history", "history"),
  ])
  func `one mistake, one message`(_ cell: String, _ marked: String) throws {
    let failure = try #require(Notebook().execute(cell).failure)
    #expect(failure.traceback.count { $0.contains("^") } == 1, "\(failure.traceback.joined(separator: "\n"))")
    #expect(CaretTests.marked(failure) == marked)
    #expect(!failure.message.contains("more mistake") && failure.message.count < 420)
  }

  /// A file's name without quotes, with folders, hyphens and digits in it, and beside words of ours.
  @Test(arguments: [
    "sub/f.csv", "./f.csv", "../nowhere/f.csv", "/nowhere/f.csv", "~/f.csv", "my-file.csv", "2024.csv", "1e5.csv",
    "none.csv", "true.csv", "f.csv", "a-b/c_d.csv.gz",
  ])
  func `a file's name needs no quotes`(_ name: String) throws {
    for cell in ["data \(name)", "data \(name) target=price test=0.1"] {
      let failure = try #require(Notebook().execute(cell).failure)
      #expect(failure.message.contains("cannot be read: No such file or directory"), "\(failure.message)")
      #expect(CaretTests.marked(failure) == name)
    }
  }

  @Test func `what could be a file's name stays an expression`() throws {
    let notebook = try Notebook("x = {\"csv\": 8}\ny = 4\ncsv = 2")
    for (cell, value) in [("x.csv", "8"), ("print x.csv / csv", "4.0\n"), ("y - x.csv", "-4")] {
      let answer = notebook.execute(cell)
      #expect(answer.failure == nil && answer.text.contains(value), "\(cell): \(answer.text)")
    }
  }

  @Test func `runs are shown side by side`() throws {
    let notebook = try Notebook(
      "set progress=none", "data iris", "train epochs=1 name=\"a\"", "train epochs=2 name=\"b\"")
    let shown = try notebook.run("show runs").text
    #expect(shown == (try notebook.run("compare").text) && shown.contains("a") && shown.contains("b"))
    #expect(notebook.execute("show data").failure?.message.contains("write data alone") == true)
  }
}
