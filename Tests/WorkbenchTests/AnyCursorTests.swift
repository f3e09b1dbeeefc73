import Jupyter

import Testing
import Vocabulary
import Workbench

/// Tab, Shift-Tab and is_complete answer whatever is typed: every declared option, and what is declared nowhere, cut at
/// every position and followed by brackets of all kinds.
@Suite struct AnyCursorTests {
  /// Each option of a command with each call that it takes, given too little, too much and wrongly; what another command
  /// declares alike is asked there.
  static func cells(of command: Command) -> [String] {
    let earlier = Commands.all.prefix { $0.name != command.name }.flatMap { $0.options + $0.positionals }
    var cells = [command.name, "\(command.name) nosuch=", "\(command.name) 1 2 3 4 5 6 ", "\(command.name)("]
    for option in command.options + command.positionals {
      let isKey = command.options.contains { $0.name == option.name }
      let place = command.name + (isKey ? " \(option.name)=" : " ")
      cells.append(place)
      if earlier.contains(where: { $0.name == option.name && $0.help == option.help }) { continue }
      for call in option.kind.calls {
        cells.append("\(place)\(call.name)(\(String(repeating: "1,", count: call.options.count + 1))")
        cells.append("\(place)\(call.name)(nosuch=")
        for inner in call.options { cells.append("\(place)\(call.name)(\(inner.name)=") }
      }
    }
    return cells
  }

  static let tails = ["", "[", "{", "(", "[f(", "[\"", "{\"a\": ", "f(1,[{g(a=["]

  private func ask(_ text: String, at position: Int, _ workbench: Workbench, inspecting: Bool = true) {
    let completion = workbench.complete(text, at: position)
    #expect(0 <= completion.start && completion.start <= completion.end && completion.end <= text.unicodeScalars.count)
    for match in completion.matches { #expect(!match.text.isEmpty) }
    if inspecting, let help = workbench.inspect(text, at: position, detail: 0) {
      #expect(help.data["text/plain"]?.string?.isEmpty == false)
    }
  }

  @Test(arguments: Commands.all.map(\.name))
  func everyOptionWithEveryBracket(_ name: String) throws {
    let workbench = Workbench()
    let command = try #require(Commands.byName[name])
    for cell in Self.cells(of: command) {
      for tail in Self.tails {
        let text = cell + tail
        // Help is long to write, and the same for most tails.
        ask(text, at: text.unicodeScalars.count, workbench, inspecting: ["", "[", "f(1,[{g(a=["].contains(tail))
        _ = workbench.completeness(of: text)
      }
    }
  }

  /// The ordinary typing that once ended the kernel, at each of its positions.
  @Test(arguments: [
    "network initializer=uniform(1, 2, [3, {4", "train schedule=step(0.5, 10, [1, 2], {3}", "x = step(0.5, 10, [",
    "tune pruner=asha(1,2,3,4,5,[6", "train optimizer=adam(beta3=[{(\"", "space\n    schedule in {step(0.5, 10, [",
    "space\n    a in log(1, [\n    b in {f(1, [2, {\n  subject to f([", "data csv(\"a.csv\", target=[[\"b\", c",
    "?step([", "enqueue x=[{(", "print f(1,2,[g(h(i([", "é😀 = warmup(then=warmup(then=[step([",
  ])
  func everyPosition(_ text: String) {
    let workbench = Workbench()
    for position in -2...(text.unicodeScalars.count + 2) {
      ask(text, at: position, workbench)
      _ = workbench.completeness(of: String(text.unicodeScalars.prefix(max(0, position)).map(Character.init)))
    }
  }

  /// However deep the brackets are.
  @Test(arguments: ["[", "{", "(", "f(", "step(", "warmup(then=", "[warmup(3,"])
  func manyBrackets(_ bracket: String) {
    let workbench = Workbench()
    for start in ["train schedule=", "x = ", "space\n    schedule in ", "", "train optimizer=adam(beta3="] {
      let text = start + String(repeating: bracket, count: 4_000)
      ask(text, at: text.unicodeScalars.count, workbench)
      _ = workbench.completeness(of: text)
    }
  }
}
