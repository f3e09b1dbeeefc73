extension HelpEntry {
  /// At most 100 columns.
  var text: String {
    var parts = ["\(name) (\(kind)): \(summary)"]
    if !usage.isEmpty, usage != name { parts.append(Self.indented(usage)) }
    if let formula { parts.append("formula\n" + Self.indented(formula)) }
    if !values.isEmpty { parts.append("values\n" + Self.table(values)) }
    parts += sections.map { $0.title + "\n" + Self.table($0.parameters) }
    if !paragraphs.isEmpty {
      // A list of short lines needs no gaps.
      let isList = paragraphs.count > 3 && paragraphs.allSatisfy { $0.count <= 100 }
      parts.append(paragraphs.map { Self.wrapped($0, 100) }.joined(separator: isList ? "\n" : "\n\n"))
    }
    if !examples.isEmpty {
      parts.append(
        (examples.count == 1 ? "example\n" : "examples\n") + examples.map(Self.indented).joined(separator: "\n"))
    }
    if let source { parts.append("after: " + source) }
    return parts.joined(separator: "\n\n")
  }

  private static func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { "    " + $0 }.joined(separator: "\n")
  }

  /// Name and default, then what it means, then what may stand there.
  private static func table(_ parameters: [Parameter]) -> String {
    let names = parameters.map { parameter in
      // A default in words is told after the meaning.
      parameter.isTypedDefault ? "\(parameter.name)=\(parameter.standard ?? "")" : parameter.name
    }
    let width = min(28, names.map(\.count).max() ?? 0)
    return zip(names, parameters).map { name, parameter in
      let meaning = [parameter.help, parameter.note].filter { !$0.isEmpty }.joined(separator: "; ")
      let lines = wrapped(meaning, 94 - width).split(separator: "\n").map(String.init)
      let head = name.count <= width ? name + String(repeating: " ", count: width - name.count) : name
      var rows = name.count <= width || lines.isEmpty ? ["    \(head)  \(lines.first ?? "")"] : ["    \(head)"]
      let rest = name.count <= width ? Array(lines.dropFirst()) : lines
      rows += rest.map { String(repeating: " ", count: width + 6) + $0 }
      return rows.map { row in String(row.reversed().drop { $0 == " " }.reversed()) }.joined(separator: "\n")
    }.joined(separator: "\n")
  }

  static func wrapped(_ text: String, _ width: Int) -> String {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    if !line.isEmpty { lines.append(line) }
    return lines.joined(separator: "\n")
  }
}

extension HelpEntry.Parameter {
  /// Whether the default is as it is typed, and short enough to stand beside the name.
  var isTypedDefault: Bool { standard.map { !$0.contains(" ") && $0.count <= 16 } ?? false }

  /// What may stand there, and a default in words.
  var note: String {
    let standard = isTypedDefault ? nil : standard.map { "default: \($0)" }
    return [expectation.isEmpty ? nil : expectation, standard].compactMap { $0 }.joined(separator: "; ")
  }
}
