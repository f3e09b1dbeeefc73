/// A stretch of a cell's source, in Unicode scalars from its start.
package struct Span: Sendable, Hashable {
  package var start: Int
  package var end: Int

  package init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = end
  }

  package var isEmpty: Bool { end <= start }
  package func union(_ other: Span) -> Span { Span(min(start, other.start), max(end, other.end)) }
  package func contains(_ position: Int) -> Bool { start <= position && position < end }
}

/// A cell's text, addressed by Unicode scalars as the protocol does, and by lines as people do.
package struct Source: Sendable {
  package let scalars: [Unicode.Scalar]
  /// Where each line starts. Lines end with LF, CR LF or a lone CR.
  private let lineStarts: [Int]

  package init(_ text: String) {
    let scalars = Array(text.unicodeScalars)
    var starts = [0]
    for (index, scalar) in scalars.enumerated() where scalar == "\n" || scalar == "\r" {
      if scalar == "\r", index + 1 < scalars.count, scalars[index + 1] == "\n" { continue }
      starts.append(index + 1)
    }
    self.scalars = scalars
    lineStarts = starts
  }

  package var count: Int { scalars.count }
  package var lineCount: Int { lineStarts.count }

  /// The line of a position, counted from 1. Positions are clamped to the source. O(log lines).
  package func line(of position: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= position { low = middle } else { high = middle }
    }
    return low + 1
  }

  /// A line, counted from 1, without its end.
  package func span(ofLine line: Int) -> Span {
    let start = lineStarts[line - 1]
    var end = line < lineStarts.count ? lineStarts[line] : scalars.count
    while end > start, scalars[end - 1] == "\n" || scalars[end - 1] == "\r" { end -= 1 }
    return Span(start, end)
  }

  package func text(_ span: Span) -> String {
    let start = max(0, min(span.start, scalars.count))
    let end = max(start, min(span.end, scalars.count))
    let part = scalars[start..<end]
    return String(unsafeUninitializedCapacity: part.reduce(0) { $0 + UTF8.width($1) }) { bytes in
      var count = 0
      for scalar in part {
        if scalar.isASCII {
          bytes[count] = UInt8(truncatingIfNeeded: scalar.value)
          count += 1
        } else {
          for byte in UTF8.encode(scalar)! {
            bytes[count] = byte
            count += 1
          }
        }
      }
      return count
    }
  }
}
