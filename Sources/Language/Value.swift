/// A value of the language.
package indirect enum Value: Sendable, Equatable {
  case none
  case bool(Bool)
  case int(Int)
  case float(Double)
  case string(String)
  /// A bare word in value position that names no variable: `relu`, `adam`, `test`. A string equals the word.
  case word(String)
  case list([Value])
  /// Pairs in written order.
  case dict([Entry])
  case range(Value, Value)
  case set([Value])
  case call(String, arguments: [Value], keywords: [Entry])
  /// Seconds.
  case duration(Double)
  /// Something of the session that is looked into when asked: `best`, `trials`, `run`.
  case object(Object)

  package struct Entry: Sendable, Equatable {
    package var key: String
    package var value: Value

    package init(_ key: String, _ value: Value) {
      self.key = key
      self.value = value
    }
  }
}

extension Value {
  /// What a message calls it: "an int", "a list".
  package var kindText: String {
    switch self {
    case .none: "none"
    case .bool: "a bool"
    case .int: "an int"
    case .float: "a float"
    case .string: "a string"
    case .word: "a word"
    case .list: "a list"
    case .dict: "a dict"
    case .range: "a range"
    case .set: "a set"
    case .call: "a call"
    case .duration: "a duration"
    case .object(let object): object.base.typeName
    }
  }

  /// The number of an int or a float.
  package var number: Double? {
    switch self {
    case .int(let value): Double(value)
    case .float(let value): value
    default: nil
    }
  }

  /// The text of a string or a word.
  package var text: String? {
    switch self {
    case .string(let text), .word(let text): text
    default: nil
    }
  }

  /// A dict's value by its key.
  package subscript(key: String) -> Value? {
    if case .dict(let entries) = self { entries.last { $0.key == key }?.value } else { nil }
  }
}
