/// Arrays as PostgreSQL reads them: `{"a","b \"c\"",NULL}`.
enum DatabaseArray {
  static func text(_ values: [String?]) -> String {
    "{" + values.map { $0.map(quoted) ?? "NULL" }.joined(separator: ",") + "}"
  }

  static func text(_ values: [Double?]) -> String {
    "{" + values.map { $0.map { "\($0)" } ?? "NULL" }.joined(separator: ",") + "}"
  }

  static func text(_ ids: some Sequence<TrialID>) -> String {
    "{" + ids.map { "\($0.rawValue)" }.joined(separator: ",") + "}"
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for character in text.unicodeScalars {
      if character == "\"" || character == "\\" { result.unicodeScalars.append("\\") }
      result.unicodeScalars.append(character)
    }
    return result + "\""
  }
}
