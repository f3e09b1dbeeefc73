/// Texts of categories that are the same although they are written differently.
package enum CategoryText {
  /// "1.0" as "1"; every other text as it is.
  package static func whole(_ text: String) -> String {
    guard let point = text.lastIndex(of: "."), point > text.startIndex, text[text.index(before: point)].isNumber
    else { return text }
    let zeros = text[text.index(after: point)...]
    return !zeros.isEmpty && zeros.allSatisfy { $0 == "0" } ? String(text[..<point]) : text
  }

  /// What is known of a text, as it is or as a whole number.
  static func found<Value>(_ text: String, in known: [String: Value]) -> Value? { known[text] ?? known[whole(text)] }
}
