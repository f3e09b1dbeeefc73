import Foundation
import Jupyter
import Language
import Testing
import Workbench

/// What is offered at the `|` of each cell.
@Suite struct CompletionTests {
  static func matches(_ marked: String, in workbench: Workbench = Workbench()) -> [String] {
    let (source, position) = cut(marked)
    let completion = workbench.complete(source, at: position)
    #expect(completion.start <= position && completion.end == position)
    return completion.matches.map(\.text)
  }

  static func cut(_ marked: String) -> (String, Int) {
    let scalars = Array(marked.unicodeScalars)
    let position = scalars.firstIndex(of: "|")!
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[..<position] + scalars[(position + 1)...])
    return (String(view), position)
  }

  /// Exactly these, in any order.
  @Test(
    arguments: [
      ("networ|", ["network"]), ("train optimizer=ada|", ["adagrad", "adam", "adamw", "adadelta"]),
      ("train optimizer=ada| epochs=3", ["adagrad", "adam", "adamw", "adadelta"]),
      ("train epochs=3 learn|", ["learning_rate"]), ("train learn| learning_rate=3", []), ("train epo|", ["epochs"]),
      ("train schedule=st|", ["step"]), ("train schedule=step(f|", ["factor"]),
      ("train schedule=step(factor=0.5, e|", ["every"]),
      ("train schedule=step(factor=0.5, fa|", []),
      ("train schedule=warmup(epochs=3, then=cos|", ["cosine", "coslog4"]),
      ("train nesterov=t|", ["true"]), ("train shuffle=|", ["true", "false"]),
      ("train early_stopping=patience(5, min|", ["min_delta"]), ("train metrics=[f|", ["f1"]),
      ("train \\\n  epo|", ["epochs"]), ("?retrai|", ["retrain"]), ("help retrai|", ["retrain"]),
      ("é = 1; networ|", ["network"]),
      ("tune sampler=tp|", ["tpe"]), ("tune sampler=tpe(start|", ["startup"]),
      ("tune objective=val_l|", ["val_loss", "val_log_loss"]),
      ("tune objective=[val_loss, param|", ["parameters"]), ("set progress=n|", ["none"]), ("print be|", ["best"]),
      ("train epochs=bes|", ["best"]), ("set prog|", ["progress"]),
      ("data dig|", ["digits"]), ("data spirals(noi|", ["noise"]), ("data digits stand|", ["standardize"]),
      ("network activation=lea|", ["leaky_relu"]),
      ("plot learn|", ["learning_rate"]), ("plot schedule exponen|", ["exponential"]),
      ("plot path ad|", ["adagrad", "adam", "adamw", "adadelta"]), ("plot path sgd(mom|", ["momentum"]),
      ("plot path surf|", ["surface"]),
      ("plot path surface=ro|", ["rosenbrock"]), ("plot history le|", ["learning_rate"]),
      ("space ext|", ["external"]), ("space\n    learn|", ["learning_rate"]),
      ("space\n    activation in {relu, ta|", ["tanh"]),
      ("space\n    x in 1..2 st|", ["step"]), ("space\n    layers in 1..2 wh|", ["when"]),
      ("space\n    learning_rate in lo|", ["log"]),
      ("space\n    optimizer in {sgd, adam}\n    momentum in 0.0..0.9 when optim|", ["optimizer"]),
      ("space\n    optimizer in {sgd, adam}\n    momentum in 0.0..0.9 when optimizer == sg|", ["sgd"]),
      ("space\n    hid|", ["hidden", "hidden[0]"]), ("space\n    schedule in {step(fac|", ["factor"]),
      ("space\n    sub|", ["subject"]),
      ("space\n    subject t|", ["to"]), ("space\n    layers in 1..2\n    subject to param|", ["parameters"]),
      ("train epochs=5 # netw|", []), ("print \"netw|", []), ("x = 12|", []), ("1 + roun|", ["round"]),
      ("s = step(fac|", ["factor"]),
      ("tell 7 fa|", ["failed"]), ("study op|", ["open"]), ("train netw|", ["network"]),
      ("zzz|", []), ("|\u{0}", nil), ("((((|", nil), ("train x=[{(|", nil),
    ] as [(String, [String]?)])
  func offered(_ marked: String, _ expected: [String]?) {
    let found = Self.matches(marked)
    if let expected { #expect(Set(found) == Set(expected) && found.count == expected.count, "found \(found)") }
  }

  @Test func theSessionsNames() {
    let workbench = Workbench()
    workbench.store.update {
      $0.variables["width"] = .int(128)
      $0.variables["table"] = .dict([.init("alpha", .int(1)), .init("beta", .dict([.init("gamma", .int(2))]))])
    }
    #expect(Self.matches("wid|", in: workbench) == ["width"])
    #expect(Self.matches("train epochs=wid|", in: workbench) == ["width"])
    #expect(Self.matches("print wid|", in: workbench) == ["width"])
    #expect(Self.matches("table.|", in: workbench) == ["alpha", "beta"])
    #expect(Self.matches("print table.beta.ga|", in: workbench) == ["gamma"])
    #expect(Self.matches("net|", in: workbench) == ["network"])
    #expect(Self.matches("network.par|", in: workbench) == ["parameters"])
    #expect(Self.matches("run.|", in: workbench) == [])
  }

  @Test func whatTheOptimizerRefusesIsNotOffered() {
    let offered = Self.matches("train optimizer=adam |")
    for name in ["momentum", "nesterov", "rho", "dampening"] { #expect(!offered.contains(name), "\(name)") }
    for name in ["beta1", "eps", "learning_rate", "weight_decay", "epochs"] {
      #expect(offered.contains(name), "\(name)")
    }
    #expect(Self.matches("tune optimizer=sgd(momentum=0.9) |").contains("nesterov"))
    #expect(Self.matches("train |").contains("momentum"))
  }

  @Test func wordsOfOtherProgramsAreCompleted() {
    #expect(Self.matches("train lr|").contains("learning_rate"))
    #expect(Self.matches("tune n_trials|") == ["trials"])
    #expect(Self.matches("asse|") == ["assert"])
  }

  @Test func everyMatchIsExplained() throws {
    let workbench = Workbench()
    for marked in [
      "|", "train |", "train schedule=|", "space\n    |", "tune sampler=tpe(|", "network activation=|",
      "space\n    activation in {|",
      "tune objective=[|", "train shuffle=|", "set progress=|",
    ] {
      let (source, position) = Self.cut(marked)
      let matches = workbench.complete(source, at: position).matches
      #expect(!matches.isEmpty)
      for match in matches { #expect(!match.signature.isEmpty && !match.signature.contains("\n"), "\(match.text)") }
    }
    let (source, position) = Self.cut("train epo|")
    let match = try #require(workbench.complete(source, at: position).matches.first)
    #expect(
      match == .init(text: "epochs", type: "property", signature: "int, default 10: passes over the training rows"))
  }

  @Test func filesAndColumns() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("attune-completion-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("deep"), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try "\"area\",rooms,price\n1,2,3\n".write(
      to: folder.appendingPathComponent("houses.csv"), atomically: true, encoding: .utf8)
    try "".write(to: folder.appendingPathComponent(".hidden"), atomically: true, encoding: .utf8)
    for name in ["a.ipynb", "b.db-wal", "z.csv.gz"] {
      try "".write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }
    let path = folder.path
    #expect(
      Self.matches("data csv(\"\(path)/|") == ["houses.csv", "z.csv.gz", "deep/", "a.ipynb", "b.db-wal"])
    #expect(Self.matches("data \"\(path)/h|") == ["houses.csv"])
    #expect(Self.matches("plot loss to=\"\(path)/|") == ["a.ipynb", "b.db-wal", "deep/", "houses.csv", "z.csv.gz"])
    #expect(Self.matches("plot loss to=\"\(path)/ho|") == ["houses.csv"])
    #expect(Self.matches("plot loss to='\(path)/.|") == [".hidden"])
    #expect(Self.matches("plot loss to=\"\(path)/nothing/|") == [])
    let (source, position) = Self.cut("plot loss to=\"\(path)/ho|")
    #expect(Workbench().complete(source, at: position).start == position - 2)
    if HelpNames.sources.contains("csv") {
      #expect(Self.matches("data csv(\"\(path)/houses.csv\", target=\"pr|") == ["price"])
    }
  }

  /// Positions outside the source, and the middle of anything, are answered.
  @Test func anyPosition() {
    let workbench = Workbench()
    let source = "space\n    a in {x, \"y\"}\ntrain schedule=step(factor=0.5) é😀 'x\n"
    for position in -3..<60 {
      let completion = workbench.complete(source, at: position)
      #expect(completion.start >= 0 && completion.start <= completion.end)
      _ = workbench.inspect(source, at: position, detail: 0)
    }
  }
}
