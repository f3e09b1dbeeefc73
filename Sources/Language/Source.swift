/// A stretch of a cell's source, in Unicode scalars from its start.
package struct Span: Sendable, Hashable {
  package var start: Int
  package var end: Int

  package init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = end
  }

  package func union(_ other: Span) -> Span { Span(min(start, other.start), max(end, other.end)) }
}
