import Jupyter
import Testing
import Vocabulary
import Workbench

/// No number that a person types ends the program: every parameter of every command and call, at the ends of what 64 bits,
/// doubles and floats hold, is an answer or a message.
@Suite struct ExtremeNumberTests {
  static let numbers = [
    "-9223372036854775808", "9223372036854775807", "9007199254740993", "9223372036854774784.0", "1e308", "-1e308",
    "1e-320",
    "nan", "inf", "-inf", "1e308h", "9e15h", "0", "-1",
  ]

  static func takesNumbers(_ kind: Vocabulary.Option.Kind) -> Bool {
    switch kind {
    case .int, .float, .share, .duration, .any, .printed: true
    case .either(let kinds): kinds.contains(where: takesNumbers)
    case .list(let kind): takesNumbers(kind)
    default: false
    }
  }

  /// Without data nothing is trained, but everything is read, bound and resolved.
  @Test(arguments: Commands.all.map(\.name).filter { !["exit", "quit"].contains($0) })
  func everyParameter(_ name: String) throws {
    let command = try #require(Commands.byName[name])
    let notebook = try Notebook("set progress=none")
    for option in command.options + command.positionals {
      let isKey = command.options.contains { $0.name == option.name }
      let place = name + (isKey ? " \(option.name.replacing("[i]", with: "[0]"))=" : " ")
      if Self.takesNumbers(option.kind) {
        for number in Self.numbers { expectAnswer("\(place)\(number)", notebook) }
      }
      // Made data of such sizes would be made.
      guard option.name != "source" else { continue }
      for call in option.kind.calls {
        for inner in call.options where Self.takesNumbers(inner.kind) {
          for number in Self.numbers { expectAnswer("\(place)\(call.name)(\(inner.name)=\(number))", notebook) }
        }
      }
    }
  }

  @Test(arguments: [
    "x = N", "x = -N", "x = N + N", "x = N * N", "x = N ** N", "x = N // -1", "x = N % -1", "x = [1][N]",
    "x = \"a\"[N]",
    "x = {\"a\": 1}[N]", "x = round(1.5, N)", "x = round(N)", "x = int(N)", "x = abs(N)", "x = sum([N, N])", "x = N..N",
    "x = 3 in N..N", "x = N == N", "x = 1s * N", "x = 1h / N", "print N 1s", "space\n    layers in 0..N",
    "space external\n    x in N..N",
    "space external\n    x in 0..N step N", "space external\n    x in {N, 1}", "trials[N]", "tell N 0.5", "retrain N",
    "data spirals(n=N, classes=N)", "data iris limit=N", "data iris validation=N test=N", "data iris folds=N",
  ])
  func everyPlace(_ cell: String) throws {
    for number in Self.numbers { expectAnswer(cell.replacing("N", with: "(\(number))"), try Notebook()) }
    for number in Self.numbers { expectAnswer(cell.replacing("N", with: number), try Notebook()) }
  }

  /// Integers beyond 2^53 are told apart, and a layer that no network has is refused as in network.
  @Test func integersStayExact() throws {
    try Notebook().run("space external\n    x in {9223372036854775807, 9223372036854775806, -9223372036854775808}")
    for twice in ["{9223372036854775807, 9223372036854775807}", "{3, 3.0}"] {
      let failure = try #require(try Notebook().execute("space external\n    x in \(twice)\nask").failure)
      #expect(failure.message.contains("twice"))
    }
    for layer in ["9223372036854775807", "1000"] {
      let failure = try #require(try Notebook().execute("space\n    hidden[\(layer)] in {4, 5}").failure)
      #expect(failure.message.contains("there is no hidden layer \(layer)"))
    }
  }

  /// The seed of a training is any 64 bits, and so are those of its repetitions.
  @Test(arguments: ["9223372036854775807", "9007199254740993", "0"]) func everySeed(_ seed: String) throws {
    let notebook = try Notebook("set progress=none seed=\(seed)", "data iris seed=\(seed)", "network hidden=[2]")
    try notebook.run("train epochs=1 repeat=2 seed=\(seed)")
    try notebook.run("space\n    neurons in {2, 3}\ntune trials=2 epochs=1 repeat=2 parallel=1 seed=\(seed)")
  }

  /// An answer, or a message in words.
  private func expectAnswer(_ cell: String, _ notebook: Notebook) {
    let answer = notebook.execute(cell)
    if let failure = answer.failure { #expect(failure.name != "InternalError" && !failure.message.isEmpty, "\(cell)") }
  }
}
