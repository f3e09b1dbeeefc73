extension HelpEntry {
  /// Plain elements only: a sanitiser leaves them as they are.
  var html: String {
    var parts = ["<p><b>\(Self.escaped(name))</b> <i>(\(Self.escaped(kind)))</i>: \(Self.escaped(summary))</p>"]
    if !usage.isEmpty, usage != name { parts.append(Self.code(usage)) }
    if let formula { parts.append("<p>formula</p>" + Self.code(formula)) }
    if !values.isEmpty { parts.append(Self.table("value", values)) }
    for section in sections {
      if sections.count > 1 { parts.append("<p><i>\(section.title)</i></p>") }
      parts.append(Self.table("parameter", section.parameters))
    }
    parts += paragraphs.map { "<p>\(Self.escaped($0))</p>" }
    if !examples.isEmpty { parts.append(Self.code(examples.joined(separator: "\n"))) }
    if let source { parts.append("<p>after: \(Self.escaped(source))</p>") }
    return parts.joined(separator: "\n")
  }

  private static func code(_ text: String) -> String { "<pre>\(escaped(text))</pre>" }

  private static func table(_ title: String, _ parameters: [Parameter]) -> String {
    let rows = parameters.map { parameter in
      "<tr>"
        + [parameter.name, parameter.standard ?? "", parameter.help, parameter.expectation]
        .map { "<td style=\"text-align:left\">\(escaped($0))</td>" }.joined() + "</tr>"
    }
    let head = [title, "default", "meaning", "takes"].map { "<th style=\"text-align:left\">\($0)</th>" }.joined()
    return "<table><thead><tr>\(head)</tr></thead><tbody>\(rows.joined())</tbody></table>"
  }

  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.append(character)
      }
    }
    return result
  }
}
