extension Table {
  /// All rows as RFC 4180 has it: commas, CRLF, quotes where a cell needs them; the title, mark and note are left out.
  package var csv: String {
    let header = columns.map { Self.quoted($0.title) }.joined(separator: ",")
    let lines = rows.indices.map { row in
      columns.indices.map { Self.quoted(cell(row, $0)) }.joined(separator: ",")
    }
    return ([header] + lines).map { $0 + "\r\n" }.joined()
  }

  private static func quoted(_ cell: String) -> String {
    let needsQuotes = cell.utf8.contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
    guard needsQuotes || cell.first == " " || cell.last == " " else { return cell }
    var text = String.UnicodeScalarView(["\""])
    for scalar in cell.unicodeScalars { text.append(contentsOf: scalar == "\"" ? ["\"", "\""] : [scalar]) }
    text.append("\"")
    return String(text)
  }
}
