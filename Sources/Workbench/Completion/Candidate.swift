import Jupyter
import Vocabulary

/// One thing that could stand at the cursor.
struct Candidate {
  enum Kind: String {
    case keyword, property, function, value, path
  }

  var text: String
  var kind: Kind
  /// What it takes and what it means, in one line.
  var note: String
  /// `best`, `run`, ...: a value only through its attributes.
  var isOfSession = false

  init(_ text: String, _ kind: Kind, _ note: String = "") {
    self.text = text
    self.kind = kind
    self.note = note
  }

  init(_ command: Command) { self.init(command.name, .keyword, command.summary) }

  /// A parameter's name: its type and default, then its meaning.
  init(_ option: Option) {
    let standard = option.standard.map(\.description) ?? option.standardText
    let type = option.kind.shortText + (standard.map { ", default \($0)" } ?? "")
    self.init(option.name, .property, "\(type): \(option.help)")
  }

  init(_ syntax: Syntax) {
    let options = syntax.options.map(\.name)
    let signature = options.isEmpty ? "" : "(" + options.joined(separator: ", ") + ") "
    self.init(syntax.name, .function, signature + syntax.summary)
  }

  var match: Completion.Match { Completion.Match(text: text, type: kind.rawValue, signature: note) }
}

extension Option.Kind {
  /// A word for the type: what `expectation` says at length.
  var shortText: String {
    switch self {
    case .bool: "bool"
    case .int: "int"
    case .float: "float"
    case .share: "share or count"
    case .text: "text"
    case .path: "file"
    case .word: "word"
    case .call: "word or call"
    case .list(let kind): "list of " + kind.shortText
    case .duration: "duration"
    case .either(let kinds):
      kinds.map(\.shortText).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }.joined(
        separator: " or ")
    case .name(let kind): kind.rawValue
    case .any, .printed: "value"
    }
  }
}
