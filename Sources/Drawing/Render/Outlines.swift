/// A closed outline in places of its frame.
package struct Outline: Sendable {
  package var u: [Double]
  package var v: [Double]
}

/// Closed outlines of where a sampled function is at least so high: marching squares, linear between the samples.
package enum Outlines {
  /// - Parameters:
  ///   - values: `values[row][column]` at (`u[column]`, `v[row]`); nan lies below every threshold.
  /// - Returns: outlines to be filled by the even-odd rule. O(rows x columns).
  package static func of(_ values: [[Double]], u: [Double], v: [Double], atLeast threshold: Double) -> [Outline] {
    var tracer = OutlineTracer(values, u: u, v: v, threshold: threshold)
    return tracer.outlines()
  }
}

/// The grid gets a ring of points that lie below, at the places of its border: every outline is then closed.
private struct OutlineTracer {
  /// A crossing: on the edge that leads right (or up) from the grid point.
  private struct Edge: Hashable {
    var row: Int
    var column: Int
    var isUp: Bool
  }

  private let values: [[Double]]
  private let u: [Double]
  private let v: [Double]
  private let threshold: Double
  private let rows: Int
  private let columns: Int
  private var links: [Edge: [Edge]] = [:]

  init(_ values: [[Double]], u: [Double], v: [Double], threshold: Double) {
    self.values = values
    self.u = u
    self.v = v
    self.threshold = threshold
    rows = values.count + 2
    columns = u.count + 2
  }

  private func value(_ row: Int, _ column: Int) -> Double? {
    guard row > 0, column > 0, row < rows - 1, column < columns - 1 else { return nil }
    let value = values[row - 1][column - 1]
    return value.isFinite ? value : nil
  }

  private func isInside(_ row: Int, _ column: Int) -> Bool { value(row, column).map { $0 >= threshold } ?? false }

  private func place(_ row: Int, _ column: Int) -> (u: Double, v: Double) {
    (u[min(max(column - 1, 0), u.count - 1)], v[min(max(row - 1, 0), v.count - 1)])
  }

  mutating func outlines() -> [Outline] {
    var order: [Edge] = []
    for row in 0..<(rows - 1) {
      for column in 0..<(columns - 1) {
        for (a, b) in segments(row, column) {
          links[a, default: []].append(b)
          links[b, default: []].append(a)
          order.append(a)
        }
      }
    }
    var used: Set<Edge> = []
    return order.compactMap { used.contains($0) ? nil : follow($0, &used) }
  }

  private func follow(_ start: Edge, _ used: inout Set<Edge>) -> Outline? {
    var outline = Outline(u: [], v: [])
    var edge: Edge? = start
    while let here = edge {
      used.insert(here)
      let place = crossing(here)
      if outline.u.last != place.u || outline.v.last != place.v {
        outline.u.append(place.u)
        outline.v.append(place.v)
      }
      edge = links[here]?.first { !used.contains($0) }
    }
    return outline.u.count > 2 ? outline : nil
  }

  /// The segments within a cell, between its edges.
  private func segments(_ row: Int, _ column: Int) -> [(Edge, Edge)] {
    let corners = [
      isInside(row, column), isInside(row, column + 1), isInside(row + 1, column + 1), isInside(row + 1, column),
    ]
    let bottom = Edge(row: row, column: column, isUp: false)
    let right = Edge(row: row, column: column + 1, isUp: true)
    let top = Edge(row: row + 1, column: column, isUp: false)
    let left = Edge(row: row, column: column, isUp: true)
    let crossed = [(bottom, 0, 1), (right, 1, 2), (top, 2, 3), (left, 3, 0)].filter { corners[$0.1] != corners[$0.2] }
    switch crossed.count {
    case 2: return [(crossed[0].0, crossed[1].0)]
    case 4:
      // A saddle: the mean of the corners says which pair is joined.
      let known = [value(row, column), value(row, column + 1), value(row + 1, column + 1), value(row + 1, column)]
      let isJoined = known.allSatisfy { $0 != nil } && known.reduce(0) { $0 + ($1 ?? 0) } / 4 >= threshold
      return corners[0] == isJoined ? [(bottom, right), (top, left)] : [(bottom, left), (right, top)]
    default: return []
    }
  }

  private func crossing(_ edge: Edge) -> (u: Double, v: Double) {
    let end = (row: edge.row + (edge.isUp ? 1 : 0), column: edge.column + (edge.isUp ? 0 : 1))
    let (a, b) = (place(edge.row, edge.column), place(end.row, end.column))
    guard let first = value(edge.row, edge.column) else { return b }
    guard let second = value(end.row, end.column) else { return a }
    let share = (threshold - first) / (second - first)
    return (a.u + (b.u - a.u) * share, a.v + (b.v - a.v) * share)
  }
}
