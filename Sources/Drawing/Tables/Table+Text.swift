extension Table {
  /// The table for a terminal: a header, a rule, aligned cells; the marked row has a `*` before it.
  ///
  /// Wider than `width`, text cells are shortened first (never below 12 columns), then the columns go on in further blocks that
  /// repeat the first one. Longer than `maxRows`, the middle is left out and counted, the marked row stays.
  package func text(width: Int = 100, maxRows: Int = 40) -> String {
    guard columns.count <= Self.mostColumns else { return bounded.text(width: width, maxRows: maxRows) }
    let lines = Cut.lines(count: rows.count, limit: maxRows, marked: marked)
    var shown = columns.indices.map { TextColumn(self, $0, lines) }
    let gutter = marked == nil ? 0 : 2
    shrink(&shown, to: width - gutter)
    var blocks: [String] = []
    for block in Self.blocks(shown.map(\.width), room: width - gutter) {
      blocks.append(draw(block.map { shown[$0] }, lines, gutter: gutter))
    }
    var text = title.map { TextWidth.singleLine($0) + "\n" } ?? ""
    text += blocks.joined(separator: "\n\n")
    if let note { text += "\n" + TextWidth.lines(note).joined(separator: "\n") }
    return text
  }

  private func draw(_ shown: [TextColumn], _ lines: [Cut.Line], gutter: Int) -> String {
    let blank = String(repeating: " ", count: gutter)
    var text =
      hasHeader
      ? [
        blank + shown.map(\.header).joined(separator: "  "),
        blank + shown.map { String(repeating: "-", count: $0.width) }.joined(separator: "  "),
      ] : []
    for (index, line) in lines.enumerated() {
      switch line {
      case .row(let row):
        let mark = gutter == 0 ? "" : (row == marked ? "* " : "  ")
        text.append(mark + shown.map { $0.cells[index] }.joined(separator: "  "))
      case .gap(let count):
        text.append(blank + "... " + Cut.words(count) + " ...")
      }
    }
    return text.map(\.trimmedRight).joined(separator: "\n")
  }

  /// Cuts text cells so that all columns stand side by side; where they cannot, only as a block of the first and another needs it.
  private func shrink(_ shown: inout [TextColumn], to room: Int) {
    let least = shown.indices.map { columns[$0].alignment == .left ? min(shown[$0].width, 12) : shown[$0].width }
    let gaps = 2 * max(0, shown.count - 1)
    guard least.reduce(gaps, +) <= room else {
      let first = shown[0].width
      for index in shown.indices.dropFirst() where columns[index].alignment == .left {
        let wanted = max(12, room - first - 2)
        if shown[index].width > wanted { shown[index].cut(to: wanted) }
      }
      if columns[0].alignment == .left, first > max(12, room) { shown[0].cut(to: max(12, room)) }
      return
    }
    func total() -> Int { shown.reduce(gaps) { $0 + $1.width } }
    while total() > room {
      let candidates = shown.indices.filter { columns[$0].alignment == .left && shown[$0].width > 12 }
      guard let widest = candidates.max(by: { shown[$0].width < shown[$1].width }) else { return }
      let wanted = max(12, shown[widest].width - (total() - room))
      shown[widest].cut(to: wanted)
    }
  }

  /// Columns grouped into blocks no wider than `room`, each but the first led by column 0.
  private static func blocks(_ widths: [Int], room: Int) -> [[Int]] {
    guard let first = widths.first else { return [] }
    var blocks = [[0]]
    var used = first
    for column in widths.indices.dropFirst() {
      if used + 2 + widths[column] > room, blocks[blocks.count - 1].count > 1 {
        blocks.append([0])
        used = first
      }
      blocks[blocks.count - 1].append(column)
      used += 2 + widths[column]
    }
    return blocks
  }
}

/// One column of a table laid out for a terminal.
private struct TextColumn {
  var header: String
  /// One for each line shown; empty at gaps.
  var cells: [String]
  var width: Int

  /// Of a cell, in columns of the terminal: what stands beyond is left out.
  private static let widest = 200

  init(_ table: Table, _ column: Int, _ lines: [Cut.Line]) {
    let alignment = table.columns[column].alignment
    func name(_ text: String) -> String { TextWidth.cut(TextWidth.singleLine(text), to: Self.widest) }
    let title = name(table.columns[column].title)
    let texts = lines.map { line in
      if case .row(let row) = line { name(table.cell(row, column)) } else { "" }
    }
    let aligned = alignment == .decimal ? Self.onPoint(texts) : texts
    let width = max(TextWidth.of(title), aligned.map { TextWidth.of($0) }.max() ?? 0)
    header = TextWidth.pad(title, to: width, right: alignment != .left)
    cells = aligned.map { TextWidth.pad($0, to: width, right: alignment != .left) }
    self.width = width
  }

  mutating func cut(to limit: Int) {
    func shorten(_ text: String) -> String {
      TextWidth.pad(TextWidth.cut(text.trimmedRight, to: limit), to: limit)
    }
    header = shorten(header)
    cells = Shortening.labels(cells.map(\.trimmedRight), columns: limit).map { TextWidth.pad($0, to: limit) }
    width = limit
  }

  /// Spaces after each number so that the points stand below each other when the cells are set to the right.
  private static func onPoint(_ texts: [String]) -> [String] {
    func fraction(_ text: String) -> Int {
      text.firstIndex(of: ".").map { text.distance(from: $0, to: text.endIndex) } ?? 0
    }
    let longest = texts.map(fraction).max() ?? 0
    return texts.map { $0.isEmpty ? $0 : $0 + String(repeating: " ", count: longest - fraction($0)) }
  }
}
