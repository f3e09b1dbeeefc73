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

  package struct Entry: Sendable, Equatable {
    package var key: String
    package var value: Value

    package init(_ key: String, _ value: Value) {
      self.key = key
      self.value = value
    }
  }
}
