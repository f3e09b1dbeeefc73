/// What form the rows of a text have, told by its first lines.
enum TextForm {
  case delimited, json, arff, libsvm

  /// As a sentence has it.
  var name: String {
    switch self {
    case .delimited: "delimited text"
    case .json: "JSON"
    case .arff: "ARFF"
    case .libsvm: "libsvm's text"
    }
  }

  /// `ending` of the file's name: libsvm's form is not looked for under names that say something else.
  init(head: [UInt8], ending: String) {
    let head = head.starts(with: [0xef, 0xbb, 0xbf]) ? head.dropFirst(3) : head[...]
    let lines = head.split(whereSeparator: { $0 == 10 || $0 == 13 }).map { line in
      String(decoding: line.prefix(4096), as: UTF8.self).trimmed
    }
    let rows = lines.filter { !$0.isEmpty && !$0.hasPrefix("%") }
    let first = rows.first ?? ""
    if first.lowercased().hasPrefix("@relation") || first.lowercased().hasPrefix("@attribute") {
      self = .arff
    } else if Self.isRecord(first) || first == "[" && Self.isRecord(rows.dropFirst().first ?? "") {
      self = .json
    } else if !["csv", "tsv", "tab", "psv", "ssv"].contains(ending), Self.isLibsvm(lines, isOnlyLine: lines.count < 2) {
      self = .libsvm
    } else {
      self = .delimited
    }
  }

  /// An object, or a list that begins with one.
  private static func isRecord(_ line: String) -> Bool {
    let line = line.filter { !$0.isWhitespace }.prefix(4)
    return ["{\"", "{}", "[{\"", "[{}"].contains { line.hasPrefix($0) } || line == "{" || line == "[{"
  }

  /// Whether whole lines are a label and pairs `index:value` with rising indices.
  private static func isLibsvm(_ lines: [String], isOnlyLine: Bool) -> Bool {
    // The last line may be cut.
    let whole = (isOnlyLine ? lines : lines.dropLast()).filter { !$0.hasPrefix("#") }.prefix(20)
    var pairs = 0
    for line in whole {
      let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace)
      guard let label = words.first, label.split(separator: ",").allSatisfy({ NumberBytes.number($0) != nil }) else {
        return false
      }
      var last = -1
      for word in words.dropFirst() where !word.hasPrefix("qid:") {
        let parts = word.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let index = Int(parts[0]), index > last, NumberBytes.number(parts[1]) != nil else {
          return false
        }
        last = index
        pairs += 1
      }
    }
    return pairs > 0
  }
}
