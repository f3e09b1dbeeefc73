import Language
import Vocabulary

/// A command with its arguments bound to its declaration: what `Command.run` gets.
package struct Invocation: Sendable {
  package struct Bound: Sendable {
    package var value: Argument
    package var span: Span
    /// Of a call, where each of its arguments was given.
    package var parts: [String: Span] = [:]

    init(value: Argument, span: Span) {
      (self.value, self.span) = (value, span)
    }

    init(_ value: Argument, _ expression: Expression) {
      (self.value, span) = (value, expression.span)
      guard case .call(let call) = value, case .call(_, let arguments, _) = expression else { return }
      for (named, argument) in zip(call.arguments, arguments) { parts[named.name] = argument.value.span }
    }
  }

  package var command: Command
  package var verb: Word
  package var positionals: [Bound]
  package var options: [String: Bound]
  /// Settings that take values in turn: `neurons in {32, 128}`.
  package var variations: [Variation] = []
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

  /// Where the option that a mistake is about was given: as a key of the command, or inside a call such as
  /// `csv("a.csv", target=x)`; nil if it was not given.
  package func span(about name: String?) -> Span? {
    guard let name else { return nil }
    if let key = options[name] { return key.span }
    return (positionals + written.compactMap { options[$0] }).lazy.compactMap { $0.parts[name] }.first
  }

  /// Where the name of a file was given, by position, by a key or inside a call; nil if it was not given as it is.
  func span(ofFile path: String) -> Span? {
    func isFile(_ value: Argument) -> Bool { value.text.map { Files.path($0) == Files.path(path) } ?? false }
    let given = positionals + written.compactMap { options[$0] }
    if let whole = given.first(where: { isFile($0.value) }) { return whole.span }
    return given.lazy.compactMap { bound -> Span? in
      guard case .call(let call) = bound.value else { return nil }
      return call.arguments.first { isFile($0.value) }.flatMap { bound.parts[$0.name] }
    }.first
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
