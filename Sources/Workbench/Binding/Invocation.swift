import Language
import Vocabulary

/// A command with its arguments bound to its declaration: what `Command.run` gets.
package struct Invocation: Sendable {
  package struct Bound: Sendable {
    package var value: Argument
    package var span: Span
  }

  package var command: Command
  package var verb: Word
  package var positionals: [Bound]
  package var options: [String: Bound]
  /// In written order, for messages and attributes.
  package var written: [String]
  package var block: [BlockLine]
  package var span: Span
  /// A `;` at its end: no result is shown.
  package var isQuiet: Bool

  package func has(_ name: String) -> Bool { options[name] != nil }
  package subscript(name: String) -> Argument? {
    options[name]?.value ?? command.options.first { $0.name == name }?.standard
  }
  package func said(_ name: String) -> Argument? { options[name]?.value }
  package func span(of name: String) -> Span { options[name]?.span ?? verb.span }

  /// The first parameter said that a message names, else the first one whose value it names: `cross entropy` is the value of
  /// loss=cross_entropy.
  package func span(namedIn message: String) -> Span? {
    let words = message.split { !$0.isLetter && !$0.isNumber }
    let text = " " + words.joined(separator: " ") + " "
    func isNamed(_ word: String) -> Bool { text.contains(" " + word.replacing("_", with: " ") + " ") }
    let found =
      written.first(where: isNamed) ?? written.first { options[$0]?.value.words.contains(where: isNamed) ?? false }
    return found.map(span(of:))
  }

  package func int(_ name: String) -> Int? { self[name]?.int }
  package func float(_ name: String) -> Double? { self[name]?.float }
  package func bool(_ name: String) -> Bool? { self[name]?.bool }
  package func text(_ name: String) -> String? { self[name]?.text }
  package func call(_ name: String) -> Call? { self[name]?.call }
  package func text(at index: Int) -> String? {
    positionals.indices.contains(index) ? positionals[index].value.text : nil
  }
}

extension Argument {
  /// The words and calls it is made of.
  fileprivate var words: [String] {
    switch self {
    case .text(let text): text.isEmpty ? [] : [text]
    case .call(let call): [call.name]
    case .list(let values): values.flatMap(\.words)
    default: []
    }
  }

  package var int: Int? { if case .int(let value) = self { value } else { nil } }
  package var float: Double? {
    switch self {
    case .float(let value): value
    case .int(let value): Double(value)
    default: nil
    }
  }
  package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  package var text: String? {
    switch self {
    case .text(let value): value
    case .call(let call) where call.arguments.isEmpty: call.name
    default: nil
    }
  }
  package var call: Call? {
    switch self {
    case .call(let call): call
    case .text(let name): Call(name)
    default: nil
    }
  }
  /// As `print` writes it: a text without quotes.
  package var printed: String { if case .text(let text) = self { text } else { description } }

  package var list: [Argument]? { if case .list(let values) = self { values } else { nil } }
}
