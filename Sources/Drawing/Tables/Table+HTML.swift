extension Table {
  /// A plain `<table>` that notebook pages style themselves; the marked row is bold.
  ///
  /// The only inline style is `text-align`, which page sanitisers leave alone. The border and the padding are for clients
  /// without a style sheet; others' style sheets win over these attributes. Longer than `maxRows`, the middle is left out
  /// and counted.
  package func html(maxRows: Int = 60) -> String {
    guard columns.count <= Self.mostColumns else { return bounded.html(maxRows: maxRows) }
    var html = ""
    if let title { html += "<p><strong>\(Markup.escaped(TextWidth.singleLine(title)))</strong></p>\n" }
    html += "<table border=\"1\" cellpadding=\"4\">\n"
    if hasHeader {
      let cells = columns.map { "<th\(style($0))>\(Markup.escaped(TextWidth.singleLine($0.title)))</th>" }
      html += "<thead><tr>\(cells.joined())</tr></thead>\n"
    }
    html += "<tbody>\n"
    for line in Cut.lines(count: rows.count, limit: maxRows, marked: marked) {
      html += "<tr>"
      switch line {
      case .row(let row):
        for (index, column) in columns.enumerated() {
          let text = Markup.escaped(TextWidth.singleLine(cell(row, index)))
          html += "<td\(style(column))>" + (row == marked ? "<strong>\(text)</strong>" : text) + "</td>"
        }
      case .gap(let count):
        html += "<td colspan=\"\(columns.count)\" style=\"text-align: center\">... \(Cut.words(count)) ...</td>"
      }
      html += "</tr>\n"
    }
    html += "</tbody>\n</table>"
    if let note {
      html += "\n<p>\(TextWidth.lines(note).map { Markup.escaped($0) }.joined(separator: "<br>\n"))</p>"
    }
    return html
  }

  private func style(_ column: Column) -> String {
    column.alignment == .left ? " style=\"text-align: left\"" : " style=\"text-align: right\""
  }
}
