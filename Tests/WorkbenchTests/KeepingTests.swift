import Foundation
import Jupyter
import NeuralNetworks
import Testing
import Workbench

/// What leaves a session and what comes back.
@Suite struct KeepingTests {
  @Test func `a saved network is the same in another session`() {
    let first = KeepingSession()
    first.run(
      "data iris\nnetwork hidden=[8] batch_norm=true\ntrain epochs=5 name=\"deep\"\nevaluate test\nsave \"@/m.attune\"")
    let second = KeepingSession(folder: first.folder)
    second.run("data iris\nload \"@/m.attune\"\nevaluate test")
    #expect(second.value("evaluate.loss") == first.value("evaluate.loss"))
    #expect(second.value("network.hidden") == [8])
    #expect(second.value("run.name") == "m")
    let table = second.run("predict test")
    #expect(table.contains("setosa") && table.contains("the first 10 of 30"))
    // Training begins with the weights of the file, so its first loss is far below an untrained network's.
    second.run("train epochs=1")
    first.run("train epochs=1")
    guard case .array(let loaded)? = second.value("run.history.train_loss"),
      case .array(let fresh)? = first.value("run.history.train_loss"), case .double(let a) = loaded[0],
      case .double(let b) = fresh[0]
    else { return #expect(Bool(false)) }
    #expect(a < b)
  }

  @Test func `a loaded network needs data only to be measured`() {
    let session = KeepingSession()
    session.run("data iris\ntrain epochs=2\nsave \"@/m.attune\"\nreset\nload \"@/m.attune\"")
    #expect(session.failure("evaluate test")?.message.contains("there is no data to measure m on") == true)
    session.put("new.csv", "petal width,sepal length,petal length,sepal width\n0.2,5.1,1.4,3.5\n")
    session.run("predict csv(\"@/new.csv\") to=\"@/p.csv\"")
    #expect(
      session.text("p.csv").hasPrefix(
        "row,prediction,probability_setosa,probability_versicolor,probability_virginica\r\n"))
    #expect(session.text("p.csv").split(separator: "\r\n").count == 2)
  }

  @Test(arguments: ["npz", "safetensors", "json", "attune"])
  func `exported weights come in again`(ending: String) {
    let session = KeepingSession()
    let write = ending == "attune" ? "save \"@/w.attune\"" : "export run to=\"@/w.\(ending)\""
    session.run(
      "data digits\nnetwork hidden=[12, 9] batch_norm=true\ntrain epochs=3 name=\"a\"\nevaluate test\n\(write)")
    let loss = session.value("evaluate.loss")
    session.run("network hidden=[12, 9] batch_norm=true\nimport weights from=\"@/w.\(ending)\"\nevaluate test")
    #expect(session.value("evaluate.loss") == loss)
    #expect(session.value("run.epochs") == 0)
    session.run("network hidden=[12]")
    let failure = session.failure("import weights from=\"@/w.\(ending)\"")
    #expect(failure?.message.contains("64-12-9-10") == true && failure?.message.contains("64-12-10") == true)
  }

  @Test func `weights stay with the network, and must fit the data`() {
    let session = KeepingSession()
    session.run("data iris\nnetwork hidden=[6]\ntrain epochs=1\nexport run to=\"@/w.npz\"\nreset")
    session.run("network hidden=[6]\nimport weights from=\"@/w.npz\"\ndata digits")
    let failure = session.failure("train epochs=1")
    #expect(failure?.message.contains("a network of 4-6-3, but with this data it is 64-6-10") == true)
    session.run("network hidden=[6]\ntrain epochs=1")
  }

  @Test func `an ending is looked at before the first statement runs`() {
    let session = KeepingSession()
    #expect(session.failure("data iris\ntrain epochs=1\nexport run to=\"x.pth\"")?.message.contains(".pth") == true)
    #expect(session.failure("run.epochs") != nil)
  }

  @Test func `the best of one study is not another's`() {
    let session = KeepingSession()
    session.run("data iris\nspace\n    neurons in {4, 8}\ntune trials=1 epochs=1\nexport best to=\"@/a.npz\"")
    session.run("study new \"other\"")
    #expect(session.failure("export best to=\"@/b.npz\"")?.message.contains("no trial is complete yet") == true)
    session.run("ask\ntell 0 0.5")
    let failure = session.failure("export best to=\"@/b.npz\"")
    #expect(failure?.message.contains("was trained by a program outside") == true)
  }

  @Test func `nothing is overwritten unless that is said`() {
    let session = KeepingSession()
    session.run("data iris\ntrain epochs=1")
    for (write, file) in [
      ("export run to=\"@/f.onnx\"", "f.onnx"), ("export history to=\"@/f.csv\"", "f.csv"),
      ("save \"@/f.attune\"", "f.attune"),
      ("predict test to=\"@/p.csv\"", "p.csv"), ("train epochs=1 checkpoint=\"@/c.attune\"", "c.attune"),
    ] {
      session.put(file, "mine")
      #expect(session.failure(write)?.message.contains("exists") == true, "\(write)")
      #expect(session.text(file) == "mine")
      session.run(write + " replace=true")
      #expect(session.text(file) != "mine" && !session.file(file).isEmpty)
    }
    session.put("b.safetensors", "mine")
    #expect(session.failure("export run to=\"@/b.py\"")?.message.contains("b.safetensors' exists") == true)
    #expect(session.file("b.py").isEmpty)
  }

  @Test(arguments: [
    ("export run to=\"@/x.pt\"", "does not write .pt files", ".safetensors"),
    ("export run to=\"@/x\"", "has none", ".onnx"),
    ("export trials to=\"@/x.xlsx\"", "does not write .xlsx files", ".csv, .json"),
    ("export trials to=\"@/x.csv\"", "there is no study yet", ""),
    ("export best to=\"@/x.py\"", "there is no study yet", ""),
    ("export run \"deap\" to=\"@/x.npz\"", "deap", "deep"), ("export run to=\"@/no/x.npz\"", "there is no folder", ""),
    ("export", "export needs", "export best"), ("load \"@/none.attune\"", "there is no file", ""),
    ("import weights from=\"@/none.npz\"", "there is no file", ""),
    ("import weights from=\"@/rows.csv\"", "not read", ".npz"),
    ("load \"@/rows.csv\"", "not a file that attune wrote", "save"),
    ("predict csv(\"@/none.csv\")", "cannot be read", ""),
    ("predict csv(\"@/rows.csv\")", "has 2 columns, but the network takes 4 features", ""),
    ("predict test to=\"@/x.txt\"", ".csv", ""),
  ])
  func `a mistake says what would be right`(cell: String, message: String, hint: String) {
    let session = KeepingSession()
    session.put("rows.csv", "a,b\n1,2\n")
    session.run("data iris\ntrain epochs=1 name=\"deep\"")
    let failure = session.failure(cell)
    let said = failure?.traceback.joined(separator: "\n") ?? ""
    #expect(said.contains(message) && (hint.isEmpty || said.contains(hint)), "\(said)")
  }

  @Test func `a damaged file is a diagnostic`() {
    let session = KeepingSession()
    session.run(
      "data iris\ntrain epochs=1\nsave \"@/m.attune\"\nexport run to=\"@/m.safetensors\"\nexport run to=\"@/m.npz\"")
    for name in ["m.attune", "m.safetensors", "m.npz"] {
      let whole = session.file(name)
      for count in [0, 4, 9, 40, whole.count / 2, whole.count - 1] {
        session.put("cut." + name, Array(whole.prefix(count)))
        let verb = name == "m.attune" ? "load" : "import weights from="
        let failure = session.failure("\(verb) \"@/cut.\(name)\"".replacing("= ", with: "="))
        #expect(failure?.name == "CommandError", "\(name) cut to \(count): \(failure?.message ?? "nothing")")
      }
    }
  }

  @Test func `the trials leave with everything`() throws {
    let session = KeepingSession()
    session.run(
      """
      data iris
      space
          neurons in {4, 8}
          learning_rate in log(1e-3..1e-1)
          momentum in 0.0..0.9 when neurons == 4
      tune trials=4 epochs=2 sampler=random optimizer=sgd seed=1
      export trials to="@/t.csv"
      export trials to="@/t.json"
      export best to="@/best.json"
      """)
    let lines = session.text("t.csv").split(separator: "\r\n").map(String.init)
    #expect(lines[0].hasPrefix("number,state,value,neurons,learning_rate,momentum,best_epoch,"))
    #expect(lines[0].hasSuffix(",val_accuracy,val_loss,seed,seconds,intermediate,reason"))
    session.run("trials to=\"@/same.csv\";\ntrials to=\"@/same.json\";")
    #expect(session.file("same.csv") == session.file("t.csv") && session.file("same.json") == session.file("t.json"))
    #expect(lines.count == 5)
    let trials = try JSON(parsing: session.file("t.json"))
    #expect(trials == session.value("trials"))
    #expect(lines[1].hasPrefix("0,complete,\(try #require(trials.array)[0]["value"]!.text),"))
    let first = try #require(trials.array)[0]
    #expect(first["intermediate"]?.object?.keys.sorted() == ["1", "2"])
    #expect(try JSON(parsing: session.file("best.json"))["format"] == "attune network")
  }

  @Test func `a history leaves in full`() throws {
    let session = KeepingSession()
    session.run("data iris\ntrain epochs=3\nexport history to=\"@/h.csv\"\nexport history to=\"@/h.json\"")
    let lines = session.text("h.csv").split(separator: "\r\n")
    #expect(lines[0] == "epoch,train_loss,val_loss,learning_rate,train_accuracy,val_accuracy")
    #expect(lines.count == 4)
    #expect(try JSON(parsing: session.file("h.json")) == session.value("run"))
  }

  /// The file of the second epoch stands for a process that died there.
  @Test(arguments: [
    "optimizer=adam", "optimizer=sgd momentum=0.9 schedule=plateau(patience=0)", "accumulate=3 clip_norm=1.0",
  ])
  func `a training goes on from its file`(settings: String) throws {
    let prepare = "data iris\nnetwork hidden=[8] dropout=0.2 batch_norm=true\n"
    let whole = KeepingSession()
    whole.run(prepare + "train epochs=6 \(settings)\nexport run to=\"@/w.npz\"")
    let broken = KeepingSession()
    broken.run(prepare + "train epochs=2 \(settings) checkpoint=\"@/c.attune\"")
    let resumed = KeepingSession(folder: broken.folder)
    resumed.run("data iris\ntrain resume=true checkpoint=\"@/c.attune\" epochs=4\nexport run to=\"@/w.npz\"")
    #expect(resumed.file("w.npz") == whole.file("w.npz"))
    #expect(resumed.value("run.history") == whole.value("run.history"))
    // It is written on: a third process finds all six epochs.
    let third = KeepingSession(folder: broken.folder)
    third.run("data iris\nload \"@/c.attune\"")
    #expect(third.value("run.epochs") == 6)
  }

  @Test func `a checkpoint asks for its own data`() {
    let session = KeepingSession()
    session.run("data iris\ntrain epochs=2 checkpoint=\"@/c.attune\"\nreset")
    #expect(session.failure("load \"@/c.attune\"")?.message.contains("its data is not loaded") == true)
    session.run("data iris seed=5")
    #expect(session.failure("load \"@/c.attune\"")?.message.contains("other data") == true)
    session.run("data iris\nload \"@/c.attune\"\nevaluate test\ntrain resume=true epochs=1")
    #expect(session.value("run.epochs") == 3)
    #expect(session.value("run.name") == "c")
  }

  @Test func `predictions apply the table's encoding`() {
    let session = KeepingSession()
    let towns = ["Kiel", "Bonn", "Trier"]
    let rows = (0..<60).map { "\($0 % 7),\(towns[$0 % 3]),\(10 * ($0 % 7) + 100 * ($0 % 3))" }
    session.put("train.csv", "rooms,town,price\n" + rows.joined(separator: "\n"))
    session.put("new.csv", "town,rooms\nKiel,3\nBonn,\nUlm,3\n")
    session.run(
      "data csv(\"@/train.csv\", target=\"price\") task=regression\ntrain epochs=5\npredict csv(\"@/new.csv\") to=\"@/p.csv\""
    )
    let lines = session.text("p.csv").split(separator: "\r\n")
    #expect(lines.count == 4 && lines[0] == "row,prediction")
    #expect(lines.dropFirst().allSatisfy { Double($0.split(separator: ",")[1]) != nil })
    session.put("bad.csv", "town,rooms\nKiel,many\n")
    let failure = session.failure("predict csv(\"@/bad.csv\")")
    #expect(failure?.message.contains("line 2, column 'rooms': 'many'") == true)
  }
}
