import Vocabulary
import Workbench

/// Makes cells of bytes: each byte is a choice, so that a changed byte is another cell and most cells bind.
struct CellWriter {
  private var choices: ArraySlice<UInt8>
  private let folder: String
  private var depth = 0

  init(_ bytes: [UInt8], folder: String) {
    choices = bytes.prefix(400)
    self.folder = folder
  }

  mutating func cell() -> String {
    var lines: [String] = []
    while !choices.isEmpty, lines.count < 6 { lines.append(statement()) }
    return lines.joined(separator: "\n")
  }

  private mutating func choose(_ count: Int) -> Int { count < 2 ? 0 : Int(choices.popFirst() ?? 0) % count }

  private mutating func pick<T>(_ values: [T]) -> T { values[choose(values.count)] }

  private mutating func statement() -> String {
    switch choose(4) {
    case 0: return "x = " + expression()
    case 1: return pick(["", "print ", "show "]) + expression()
    case 2:
      return "space\n" + (0...choose(3)).map { _ in "    " + parameter() }.joined(separator: "\n")
    default: return command(pick(Self.commands))
    }
  }

  /// All but those that end the session, download, or start other programs.
  private static let commands = Commands.all.filter { !["exit", "quit", "bench", "clear", "space"].contains($0.name) }
  private static let unused: Set<String> = ["workers", "launcher", "checkpoint", "storage"]

  private mutating func command(_ command: Command) -> String {
    var words = [command.name]
    for option in command.positionals where option.isRequired || choose(2) == 0 { words.append(value(option.kind)) }
    let options = command.options.filter { !Self.unused.contains($0.name) }
    for _ in 0..<choose(4) where !options.isEmpty {
      let option = pick(options)
      words.append("\(option.name)=\(small(option.name) ?? value(option.kind))")
    }
    return words.joined(separator: " ")
  }

  /// Work that is said in numbers stays small.
  private mutating func small(_ name: String) -> String? {
    ["epochs", "trials", "repeat", "steps", "repeats"].contains(name) ? "\(choose(4))" : nil
  }

  private mutating func value(_ kind: Option.Kind) -> String {
    if choose(16) == 0 { return expression() }
    switch kind {
    case .bool: return pick(["true", "false"])
    case .int(let range):
      return pick(["\(range.lowerBound)", "\(range.upperBound)", "\(min(range.upperBound, 3))", "2"])
    case .float(let range): return pick(["\(range.low)", "\(range.high)", "0.5", "1e-3", "1e308"])
    case .share: return pick(["0.2", "0", "0.999", "3", "\(Int.max)"])
    case .duration: return pick(["1s", "0.5s", "1min"])
    case .text, .printed: return text()
    case .path: return "\"\(folder)/\(pick(["a.csv", "m.attune", "b.py", "w.npz", "t.onnx", "h.json", "f.svg"]))\""
    case .word(let words): return pick(words)
    case .call(let syntaxes): return call(pick(syntaxes.filter { !["mnist", "fashion_mnist"].contains($0.name) }))
    case .list(let kind): return "[" + (0..<choose(4)).map { _ in value(kind) }.joined(separator: ", ") + "]"
    case .either(let kinds): return value(pick(kinds))
    case .name:
      return pick(["val_loss", "accuracy", "neurons", "rate", "test", "run-1", "study-1", "data", "train", text()])
    case .any: return expression()
    }
  }

  private mutating func call(_ syntax: Syntax) -> String {
    depth += 1
    defer { depth -= 1 }
    guard !syntax.options.isEmpty, depth < 4 else { return syntax.name }
    let options = syntax.options.filter { option in option.isRequired || choose(3) == 0 }
    if options.isEmpty { return syntax.name }
    return syntax.name + "(" + options.map { "\($0.name)=\(value($0.kind))" }.joined(separator: ", ") + ")"
  }

  private mutating func text() -> String {
    pick([
      "\"a\"", "\"\"", "\"\\x1b[31m\"", "\"\\u202e\"", "\"\(String(repeating: "n", count: 300))\"", "\"run-1\"",
      "\"é\"",
    ])
  }

  private mutating func number() -> String {
    pick([
      "0", "1", "-1", "2", "7", "0.5", "1e308", "-1e308", "nan", "inf", "9223372036854775807", "-9223372036854775808",
      "9007199254740993", "1e-320", "4611686018427387904", "30s", "true", "none",
    ])
  }

  private mutating func parameter() -> String {
    let name = pick(["neurons", "layers", "learning_rate", "batch_size", "dropout", "a"])
    let domain = pick([
      "{1, 2, \(number())}", "1..\(number())", "log(1e-5..1)", "\(number())..\(number())", "{relu, tanh}",
      "1..\(number()) step \(number())",
    ])
    return "\(name) in \(domain)" + pick(["", " when layers > 1", " when \(expression())"])
  }

  private mutating func expression() -> String {
    depth += 1
    defer { depth -= 1 }
    guard depth < 5 else { return number() }
    switch choose(12) {
    case 0: return number()
    case 1: return text()
    case 2:
      return
        "(\(expression()) \(pick(["+", "-", "*", "/", "//", "%", "**", "==", "<", "and", "or", "in"])) \(expression()))"
    case 3: return "-\(expression())"
    case 4: return "[" + (0..<choose(4)).map { _ in expression() }.joined(separator: ", ") + "]"
    case 5: return "{" + (0..<choose(3)).map { _ in expression() }.joined(separator: ", ") + "}"
    case 6:
      let function = pick([
        "len", "min", "max", "sum", "abs", "round", "str", "int", "float", "sqrt", "log", "range", "sorted",
      ])
      return "\(function)(" + (0..<choose(4)).map { _ in expression() }.joined(separator: ", ") + ")"
    case 7: return "\(expression())[\(number())]"
    case 8: return "\(expression())[\(number()):\(number())]"
    case 9: return pick(["x", "data", "run", "study", "trials", "best", "network", "evaluate", "session"])
    case 10:
      return pick([
        "run.history", "data.classes", "trials[0].params", "best.value", "network.hidden", "run.model", "study.name",
      ])
    default: return "{\"a\": \(expression())}"
    }
  }
}
