extension HelpEntry {
  /// A section of the reference page.
  func markdown(level: Int) -> String {
    var parts = [String(repeating: "#", count: level) + " \(name)", Self.cell(summary) + "."]
    if !usage.isEmpty, usage != name { parts.append(Self.block(usage)) }
    if let formula { parts.append(Self.block(formula)) }
    if !values.isEmpty { parts.append(Self.table("Value", values)) }
    for section in sections {
      if sections.count > 1 { parts.append("*\(section.title)*") }
      parts.append(Self.table("Parameter", section.parameters))
    }
    parts += paragraphs.map { Self.cell($0) }
    if !examples.isEmpty { parts.append(Self.block(examples.joined(separator: "\n"))) }
    if let source { parts.append("After: " + Self.cell(source) + ".") }
    return parts.joined(separator: "\n\n")
  }

  private static func block(_ text: String) -> String { "```\n\(text)\n```" }

  private static func table(_ title: String, _ parameters: [Parameter]) -> String {
    let rows = parameters.map { parameter in
      "| `\(parameter.name)` | \(cell(parameter.standard ?? "")) | \(cell(parameter.help)) | \(cell(parameter.expectation)) |"
    }
    return (["| \(title) | Default | Meaning | Takes |", "| --- | --- | --- | --- |"] + rows).joined(separator: "\n")
  }

  /// A text that neither ends a table's cell nor turns into markup.
  private static func cell(_ text: String) -> String {
    var result = ""
    for character in text {
      if "|*_<>`".contains(character) { result += "\\" }
      result.append(character)
    }
    return result
  }
}
