import Jupyter
import Language
import Testing
import Vocabulary
import Workbench

/// Names that depend on what is registered.
enum HelpNames {
  static let sources = Commands.byName["data"]!.positionals[0].kind.calls.map(\.name)
}

@Suite struct HelpTests {
  func inspected(_ marked: String, in workbench: Workbench = Workbench()) -> String? {
    let (source, position) = CompletionTests.cut(marked)
    return workbench.inspect(source, at: position, detail: 0)?.data["text/plain"]?.string
  }

  /// The beginning of what shift-tab tells at the `|`.
  @Test(arguments: [
    ("tra|in epochs=3", "train (command): trains the current network"),
    ("train epo|chs=3", "epochs (parameter of train): passes over the training rows"),
    ("train epochs|", "epochs (parameter of train): "), ("train epochs=|", "epochs (parameter of train): "),
    ("train epochs=5|", "epochs (parameter of train): "), ("train name=\"de|ep\"", "name (parameter of train): "),
    ("train schedule=step(factor=0.|5)", "factor (parameter of step): "),
    ("train schedule=step(0.5, 1|0)", "every (parameter of step): "),
    ("train |", "train (command): "),
    ("train optimizer=ad|am", "adam (optimizer): "), ("train schedule=ste|p(factor=0.5)", "step (schedule): "),
    ("train schedule=step(fac|tor=0.5)", "factor (parameter of step): "),
    ("train schedule=step(|", "step (schedule): "),
    ("train schedule=warmup(then=cos|ine)", "cosine (then): "),
    ("network activation=re|lu", "relu (activation): the positive part"),
    ("plot los|s", "loss (plot): "), ("data dig|its", "digits (source): "), ("tune sampler=tp|e", "tpe (sampler): "),
    ("space\n    lay|ers in 1..4", "layers (parameter of network): "), ("space\n    x in lo|g(1..2)", "log (domain): "),
    ("space\n    optimizer in {sg|d}", "sgd (optimizer): "), ("?ste|p", "step (schedule): "),
    ("rou|nd(2.5)", "round (function): "),
    ("help tun|e", "tune (command): "), ("?sof|tmax", "softmax (output): "),
    ("tune objective=val_f|1", "val_f1 (objective): harmonic mean"), ("network output=sig|moid", "sigmoid (output): "),
    ("?sig|moid", "sigmoid (activation): "), ("x = st|ep(factor=1)", "step (schedule): "),
  ])
  func inspection(_ marked: String, _ beginning: String) throws {
    let text = try #require(inspected(marked))
    #expect(text.hasPrefix(beginning), "\(text.prefix(120))")
  }

  @Test func inspectionOfValues() throws {
    let workbench = Workbench()
    workbench.store.update { $0.variables["width"] = .int(128) }
    #expect(inspected("wid|th", in: workbench) == "width (an int): 128")
    #expect(inspected("print wid|th + 1", in: workbench) == "width (an int): 128")
    #expect(try #require(inspected("ru|n.epochs", in: workbench)).hasPrefix("run"))
    #expect(inspected("zzz|", in: workbench) == nil)
    #expect(inspected("|", in: workbench) == nil)
    #expect(inspected("# tra|in", in: workbench) == nil)
  }

  /// `help`, `?` and shift-tab say the same.
  @Test func oneTextForAllWays() throws {
    let recorder = Recorder()
    let workbench = Workbench()
    func paged(_ source: String) -> JSON? {
      guard case .page(let bundle)? = workbench.execute(Cell(source: source), output: recorder).payloads.first else {
        return nil
      }
      return bundle.data["text/plain"]
    }
    let shown = try #require(inspected("tra|in"))
    #expect(paged("?train")?.string == shown)
    #expect(paged("train?")?.string == shown)
    #expect(workbench.execute(Cell(source: "help train"), output: recorder).failure == nil)
    #expect(recorder.displays.last?.data["text/plain"]?.string == shown)
    #expect(try #require(paged("?train.epochs")?.string).hasPrefix("epochs (parameter of train)"))
    #expect(try #require(paged("?")?.string).hasPrefix("begin with\n    data digits\n"))
    #expect(try #require(paged("?tran")?.string) == "there is no help on 'tran'; did you mean 'train'?")
    _ = workbench.execute(Cell(source: "help train epochs"), output: recorder)
    #expect(try #require(recorder.displays.last?.data["text/plain"]?.string).hasPrefix("epochs (parameter of train)"))
    let failure = workbench.execute(Cell(source: "help tran"), output: recorder).failure
    #expect(failure?.message == "there is no help on 'tran'; did you mean 'train'?")
  }

  /// What is declared can be asked about, and reads well.
  @Test(arguments: Commands.all.map(\.name))
  func everyCommand(_ name: String) throws {
    let command = try #require(Commands.byName[name])
    let text = try #require(inspected("\(name)|"))
    for option in command.options + command.positionals where option.name != "*" {
      #expect(text.contains(option.name), "\(option.name)")
      #expect(
        !option.help.isEmpty && option.help.first?.isUppercase == false && !option.help.hasSuffix("."),
        "\(option.name): \(option.help)")
    }
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 160 })
    #expect(!command.summary.isEmpty && !command.summary.hasSuffix("."))
    // Examples are cells that the reader takes.
    for example in command.examples {
      let (_, mistakes) = Parser(Workbench.grammar).parse(example)
      #expect(mistakes.isEmpty, "\(example): \(mistakes)")
    }
  }

  /// One paragraph is one element, wherever the source wraps it.
  @Test(arguments: Commands.all.map(\.name)) func paragraphsFlow(_ name: String) throws {
    let command = try #require(Commands.byName[name])
    let html = try #require(Workbench().inspect(name, at: name.count, detail: 0)?.data["text/html"]?.string)
    for paragraph in command.details.components(separatedBy: "\n\n") where !paragraph.isEmpty {
      let flowing = paragraph.split(separator: "\n").joined(separator: " ")
      let escaped = flowing.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        .replacing("\"", with: "&quot;")
      #expect(html.contains(escaped + "</p>"), "\(flowing.prefix(60))")
    }
  }

  @Test(arguments: [
    ("help learning rate", "learning_rate (parameter of"), ("help lr", "learning_rate (parameter of"),
    ("help overfitting", "overfitting (topic)"), ("help swish", "silu (activation)"), ("help n_trials", "trials"),
    ("help assert", "assert (statement)"), ("help objective", "objective (parameter of tune"),
  ])
  func wordsThatAreAsked(_ cell: String, _ beginning: String) throws {
    let text = try Notebook().run(cell).text
    #expect(text.hasPrefix(beginning), "\(text.prefix(80))")
  }

  @Test func everyMetricIsListed() throws {
    let text = try Notebook().run("help objective").text
    for word in try #require(Commands.byName["tune"]?.options.first { $0.name == "objective" }).kind.words {
      let bare = ["val_", "train_", "test_"].reduce(word) {
        $1.isEmpty ? $0 : ($0.hasPrefix($1) ? String($0.dropFirst($1.count)) : $0)
      }
      #expect(text.contains(bare), "\(word)")
    }
    #expect(!text.contains("more words"))
  }

  @Test func defaultsAreEachOwners() throws {
    let text = try Notebook().run("help train").text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(text.contains("0.001 (sgd, adam, adamw, muon)") && text.contains("1e-10 (adagrad)"), "\(text)")
  }

  @Test func overviewHasEveryCommandInAGroup() throws {
    let text = try Notebook().run("help").text
    #expect(text.hasPrefix("begin with\n    data digits\n    train\n    tune trials=10\n"))
    for command in Commands.all { #expect(text.contains("\n    \(command.name) "), "\(command.name)") }
    #expect(text.contains("\nsearch\n") && text.contains("\nsession\n"))
  }

  @Test func tuneLeadsWithItsOwnParameters() throws {
    let text = try Notebook().run("help tune").text
    let own = try #require(text.range(of: "    trials=20")),
      shared = try #require(text.range(of: "parameters of train"))
    #expect(own.lowerBound < shared.lowerBound && text.contains("parameters of network"))
  }

  @Test func htmlIsEscaped() {
    let workbench = Workbench()
    workbench.store.update { $0.variables["x"] = .string("<script>alert(\"1\")</script> & more") }
    let html = workbench.inspect("x", at: 1, detail: 0)?.data["text/html"]?.string
    #expect(html?.contains("<script>") == false && html?.contains("&lt;script&gt;") == true)
  }
}

/// Keeps a cell's outputs.
final class Recorder: CellOutput, @unchecked Sendable {
  private(set) var displays: [MIMEBundle] = []
  private(set) var text = ""
  func write(_ text: String, to stream: OutputStream) { self.text += text }
  func display(_ bundle: MIMEBundle, id: String?) { displays.append(bundle) }
  func update(_ bundle: MIMEBundle, id: String) {}
  func clear(wait: Bool) {}
}
