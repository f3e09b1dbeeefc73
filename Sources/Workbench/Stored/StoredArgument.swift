import Language
import Vocabulary

/// Values that a storage holds, checked against their declarations as those of a cell are.
enum StoredArgument {
  private static let nowhere = Span(0, 0)

  /// A text stands for a word or a call's name, never for an expression.
  private static var binder: ArgumentBinder {
    ArgumentBinder(scope: NoScope()) { text in
      text.unicodeScalars.allSatisfy { $0 == "_" || $0.properties.isAlphabetic || $0.properties.numericType != nil }
        ? .name(text, nowhere) : nil
    }
  }

  /// Throws a `Diagnostic` if the value does not fit the declaration.
  static func bound(_ value: Argument, to kind: Option.Kind, _ subject: String) throws -> Argument {
    try binder.bind(expression(value), to: kind, subject)
  }

  /// A call that one of the declarations describes, with its arguments checked.
  static func bound(_ call: Call, among declared: [Syntax], _ subject: String) throws -> Call {
    guard let bound = try bound(.call(call), to: .call(declared), subject).call else {
      throw Diagnostic("\(subject) cannot be read", at: nowhere)
    }
    return bound
  }

  /// A parameter's value in a study, as its declaration takes it: a text that was a call becomes one again.
  static func argument(_ text: String, _ option: Option) -> Argument {
    let read = LiteralReader.value(text) ?? .text(text)
    return (try? bound(read, to: option.kind, option.name)) ?? .text(text)
  }

  private static func expression(_ value: Argument) -> Expression {
    switch value {
    case .none: .literal(.none, nowhere)
    case .bool(let flag): .literal(.bool(flag), nowhere)
    case .int(let number): .literal(.int(number), nowhere)
    case .float(let number): .literal(.float(number), nowhere)
    case .text(let text): .literal(.string(text), nowhere)
    case .list(let values): .list(values.map(expression), nowhere)
    case .call(let call):
      .call(
        callee: .name(call.name, nowhere),
        arguments: call.arguments.map { .init(name: Word($0.name, at: nowhere), value: expression($0.value)) }, nowhere)
    }
  }
}
