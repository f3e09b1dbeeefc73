import Foundation
import Jupyter
import Testing
import Workbench

/// What a session keeps from cell to cell.
@Suite struct SessionTests {
  @Test func `statements before a failing one keep their effect and later ones do not run`() throws {
    let notebook = try Notebook("data iris")
    let answer = notebook.execute("a = 1\nevaluate test\nb = 2")
    #expect(answer.failure != nil)
    #expect(try notebook.run("a").result == "1")
    #expect(notebook.execute("b").failure != nil)
  }

  @Test func `a mistake in a later line stops the whole cell before its first statement`() throws {
    let notebook = try Notebook("data iris")
    for mistake in [
      "train epochs=1 learning_rat=0.1", "train epochs=0", "train optimizer=adma", "print heigth", "trian",
      "train epochs=(",
    ] {
      #expect(notebook.execute("marker = 1\n\(mistake)").failure != nil, "\(mistake)")
      #expect(notebook.execute("marker").failure != nil, "\(mistake)")
    }
  }

  @Test func `a variable stands wherever a value can`() throws {
    let notebook = try Notebook(
      "width = 12", "rate = 1e-2", "words = \"adam\"", "sizes = [width, 4]", "data iris",
      "network hidden=sizes", "train epochs=width - 10 optimizer=words learning_rate=rate name=\"x\"")
    #expect(try notebook.json("network.hidden") == [12, 4])
    #expect(try notebook.json("run(\"x\").history.learning_rate").array?.first == 0.01)
  }

  @Test func `words of a parameter win over variables of the same name`() throws {
    let notebook = try Notebook("adam = \"sgd\"", "data iris", "train epochs=1 optimizer=adam")
    #expect(try notebook.json("run.history.learning_rate").array?.first == 0.001)
    try notebook.run("best = 3\nprint best + 1")
    #expect(try notebook.run("best + 1").result == "4")
  }

  @Test func `data keeps the network, network keeps the runs`() throws {
    let notebook = try Notebook(
      "network hidden=[7]", "data iris", "train epochs=1 name=\"a\"", "data digits limit=300", "network hidden=[5]")
    #expect(try notebook.json("network.hidden") == [5])
    #expect(try notebook.json("run(\"a\").epochs") == 1)
    try notebook.run("evaluate test run=\"a\"")
  }

  @Test func `a run of the same name is the new one`() throws {
    let notebook = try Notebook("data iris", "train epochs=1 name=\"a\"", "train epochs=2 name=\"a\"")
    #expect(try notebook.json("run(\"a\").epochs") == 2)
    #expect(try notebook.json("run.name") == "a")
  }

  @Test func `after tune the run is the best trial's, with its weights`() throws {
    let notebook = try Notebook(
      "set progress=none", "data iris", "space\n    neurons in {2, 32}",
      "tune trials=2 sampler=grid epochs=3 parallel=1")
    let best = try #require(notebook.json("best.value").number)
    #expect(try notebook.json("run.history.val_loss").array?.last?.number == best)
    try notebook.run("evaluate validation")
    #expect(try abs(#require(notebook.json("evaluate.loss").number) - best) < 1e-6)
  }

  @Test func `reset clears everything`() throws {
    let notebook = try Notebook(
      "set progress=none seed=3", "x = 1", "data iris", "train epochs=1", "space\n    layers in 1..2", "reset")
    for (cell, missing) in [
      ("x", "unknown name 'x'"), ("run.epochs", "trained"), ("data", "data"), ("space", "space"), ("train", "data"),
      ("study.name", "study"), ("best.value", "study"),
    ] {
      #expect(notebook.execute(cell).failure?.message.contains(missing) == true, "\(cell)")
    }
  }

  @Test func `a subshell looks and changes nothing`() throws {
    let notebook = try Notebook(
      "set progress=none", "x = 1", "data iris", "space\n    neurons in {4, 8}", "train epochs=1")
    for cell in ["x", "run.epochs", "show", "plot loss", "print x", "compare", "data"] {
      #expect(notebook.execute(cell, subshell: "sub").failure == nil, "\(cell)")
    }
    for cell in [
      "x = 2", "train epochs=1", "data digits", "network hidden=[4]", "reset", "set seed=3",
      "space\n    layers in 1..2", "tune",
    ] {
      // Nothing else is wrong with it: the notebook's own cells may say it.
      let message = notebook.execute(cell, subshell: "sub").failure?.message
      #expect(message?.contains("a subshell only looks") == true, "\(cell): \(message ?? "no failure")")
    }
    #expect(try notebook.run("x").result == "1")
    #expect(try notebook.json("run.epochs") == 1)
  }

  @Test func `print writes to the stream it is told`() throws {
    let notebook = try Notebook("width = 128")
    #expect(try notebook.run("print \"width is\" width").written() == "width is 128\n")
    #expect(try notebook.run("print \"careful\" to=stderr").written(to: .stderr) == "careful\n")
    #expect(try notebook.run("print 1 -2 3 - 4").written() == "1 -2 -1\n")
  }

  @Test func `questions and help open the pager, exit asks to end`() throws {
    let notebook = try Notebook()
    for cell in ["help", "help train"] { #expect(try notebook.run(cell).text.contains("train")) }
    for cell in ["?train", "train?"] {
      let payloads = try notebook.run(cell).outcome.payloads
      guard case .page(let page)? = payloads.first else { Issue.record("\(cell): no page"); continue }
      #expect(page.plainText?.contains("train") == true)
    }
    #expect(try notebook.run("exit").outcome.payloads == [.askExit(keepKernel: false)])
  }

  @Test func `a file is never overwritten without replace`() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("mine", to: "loss.svg")
    let notebook = try Notebook("data iris", "train epochs=1")
    #expect(notebook.execute("plot loss to=\"\(file)\"").failure?.message.contains("exists") == true)
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "mine")
    try notebook.run("plot loss to=\"\(file)\" replace=true")
    #expect(try String(contentsOfFile: file, encoding: .utf8).hasPrefix("<svg"))
  }
}
