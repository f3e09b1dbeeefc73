extension TextPainter {
  /// A bar a row, with an eighth of a character's precision; named bars are drawn with their mark instead.
  mutating func boxes(_ boxes: [Scene.Box], _ layer: Scene.Layer) {
    for box in boxes {
      if box.isHorizontal {
        let row = row((box.v.lowerBound + box.v.upperBound) / 2)
        bar(
          from: box.u.lowerBound, to: box.u.upperBound, row: row,
          mark: layer.name == nil ? nil : layer.ink.mark?.rawValue)
        if let label = box.label { self.label(label, from: box.u.upperBound, row: row) }
      } else {
        let across = column(box.u.lowerBound)...max(column(box.u.lowerBound), column(box.u.upperBound - 1e-9))
        for column in across {
          for row in row(box.v.upperBound)...row(box.v.lowerBound) { put("\u{2588}", column: column, row: row) }
        }
      }
    }
  }

  /// Beyond the end of a bar, or inside if the frame ends too soon.
  private mutating func label(_ text: String, from end: Double, row: Int) {
    let width = TextWidth.of(text)
    let after = Int((min(max(end, 0), 1) * Double(canvas.columns)).rounded(.up)) + 1
    if after + width <= canvas.columns { return put(text, at: after, row: row) }
    put(" " + text + " ", at: max(0, after - width - 4), row: row)
  }

  private mutating func bar(from start: Double, to end: Double, row: Int, mark: Character?) {
    let first = column(start)
    if let mark {
      for column in first...max(first, column(end)) { put(mark, column: column, row: row) }
      return
    }
    let eighths = Int((min(max(end, 0), 1) * Double(canvas.columns) * 8).rounded())
    for column in first..<max(first, eighths / 8) { put("\u{2588}", column: column, row: row) }
    if eighths % 8 > 0, let block = Unicode.Scalar(0x2590 - UInt32(eighths % 8)) {
      put(Character(block), column: eighths / 8, row: row)
    }
  }

  mutating func cells(_ cells: Scene.Cells) {
    let width = Double(canvas.columns) / Double(max(cells.u.count - 1, 1))
    let widest = (cells.labels ?? []).joined().map(\.count).max() ?? 0
    let isWritten = widest > 0 && Double(widest + 1) <= width && cells.v.count - 1 <= canvas.rows
    for (index, shares) in cells.shares.enumerated() {
      let row = row((cells.v[index] + cells.v[index + 1]) / 2)
      for (place, share) in shares.enumerated() {
        let (low, high) = (min(cells.u[place], cells.u[place + 1]), max(cells.u[place], cells.u[place + 1]))
        if isWritten, let text = cells.labels?[index][place] {
          // The widest number stands in the middle of its column.
          let end = column(low) + (Int(width) + widest) / 2
          put(text, at: end - text.count, row: row)
        } else {
          for column in column(low)...max(column(low), column(high - 1e-9)) {
            put(Self.shade(share), column: column, row: row)
          }
        }
      }
    }
  }

  /// Shades of the levels; a region by its ink's mark here and there.
  mutating func levels(_ levels: Scene.Levels, _ ink: Ink) {
    guard let u = levels.u, let v = levels.v, let columns = levels.samples.first?.count else { return }
    let rows = levels.samples.count
    for row in 0..<canvas.rows {
      for column in 0..<canvas.columns {
        let x = ((Double(column) + 0.5) / Double(canvas.columns) - u.lowerBound) / (u.upperBound - u.lowerBound)
        let y = (1 - (Double(row) + 0.5) / Double(canvas.rows) - v.lowerBound) / (v.upperBound - v.lowerBound)
        guard (0...1).contains(x), (0...1).contains(y) else { continue }
        let sample = levels.samples[min(Int(y * Double(rows)), rows - 1)][min(Int(x * Double(columns)), columns - 1)]
        if levels.isRegion {
          if sample.isFinite, (column + 2 * row) % 4 == 0 { shade(ink.mark?.rawValue ?? "o", column: column, row: row) }
          continue
        }
        shade(Self.shade(sample), column: column, row: row)
      }
    }
  }

  /// Five steps of ink; blank for what is not known.
  static func shade(_ share: Double) -> Character {
    guard share.isFinite else { return " " }
    return [" ", "\u{2591}", "\u{2592}", "\u{2593}", "\u{2588}"][min(max(Int(share * 5), 0), 4)]
  }

  mutating func labels(_ labels: [Label]) {
    for label in labels {
      let width = TextWidth.of(label.text)
      let start =
        switch label.anchor {
        case .start: column(label.x) + 2
        case .middle: column(label.x) - width / 2
        case .end: column(label.x) - width
        }
      put(label.text, at: max(0, min(start, canvas.columns - width)), row: row(label.y))
    }
  }

  mutating func rail(_ rail: Rail) {
    let column = column(rail.x)
    for row in 0..<canvas.rows { put("\u{2502}", column: column, row: row) }
    for (tick, text) in zip(rail.ticks, Shortening.labels(rail.ticks.map(\.text), columns: 9)) {
      put("\u{2524}", column: column, row: row(tick.y))
      put(text, at: column - TextWidth.of(text), row: row(tick.y))
    }
  }
}
