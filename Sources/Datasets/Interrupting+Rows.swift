import LinearAlgebra
import Vocabulary

/// Steps over all rows that look at the interruption: of tens of millions of rows each takes a second and more.
extension Interrupting {
  /// Elements between two looks: less than a millisecond.
  static let mask = (1 << 14) - 1

  /// Calls `body` with each element. Throws `CancellationError` if the work was interrupted, as do all here.
  static func forEach<Element>(_ elements: [Element], _ body: (Element) throws -> Void) throws {
    for place in elements.indices {
      if place & mask == 0 { try check() }
      try body(elements[place])
    }
  }

  static func map<Element, Result>(_ elements: [Element], _ body: (Element) throws -> Result) throws -> [Result] {
    var results: [Result] = []
    results.reserveCapacity(elements.count)
    try forEach(elements) { results.append(try body($0)) }
    return results
  }

  /// The elements in order. O(count log count).
  static func sorted<Element>(
    _ elements: some Sequence<Element>, by isBefore: (Element, Element) -> Bool
  ) throws -> [Element] {
    var comparisons = 0
    return try elements.sorted { first, second in
      comparisons &+= 1
      if comparisons & mask == 0 { try check() }
      return isBefore(first, second)
    }
  }

  /// As the standard library's `shuffle(using:)`: the same order from the same stream.
  package static func shuffle<Element>(_ elements: inout [Element], using random: inout RandomStream) throws {
    for place in elements.indices.dropLast() {
      if place & mask == 0 { try check() }
      elements.swapAt(place, place + Int.random(in: 0..<(elements.count - place), using: &random))
    }
  }

  /// How many different numbers there are, counted no further than `most`. O(count * most) at worst.
  static func distinct(_ numbers: [Double], atMost most: Int) throws -> Int {
    var found: [Double] = []
    for place in numbers.indices {
      if place & mask == 0 { try check() }
      if found.contains(numbers[place]) { continue }
      found.append(numbers[place])
      if found.count == most { break }
    }
    return found.count
  }
}
