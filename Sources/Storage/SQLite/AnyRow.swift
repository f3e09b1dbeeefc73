import GRDB

/// A row whose columns may hold anything: SQLite keeps any type in any column. What is not of the type asked for is nil.
struct AnyRow {
  let row: Row

  private func value(_ index: Int) -> DatabaseValue { row[index] }

  func isNull(_ index: Int) -> Bool { value(index).isNull }

  /// Also a float or a text that is a whole number.
  func int(_ index: Int) -> Int64? {
    switch value(index).storage {
    case .int64(let value): value
    case .double(let value): Int64(exactly: value)
    case .string(let text): Int64(text)
    default: nil
    }
  }

  func number(_ index: Int) -> Double? {
    switch value(index).storage {
    case .int64(let value): Double(value)
    case .double(let value): value
    case .string(let text): Double(text)
    default: nil
    }
  }

  func text(_ index: Int) -> String? {
    if case .string(let text) = value(index).storage { text } else { nil }
  }

  func time(_ index: Int) -> StoredTime { StoredTime(text(index), isNull: isNull(index)) }
}
