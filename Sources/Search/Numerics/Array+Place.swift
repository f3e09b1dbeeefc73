extension [Double] {
  /// Overwrites what stands from `start` by a block of other values, the whole of which is copied at once.
  mutating func place(_ others: [Double], _ block: Range<Int>, at start: Int = 0) {
    let others = others.span.extracting(block)
    var places = mutableSpan
    precondition(start >= 0 && start + others.count <= places.count, "room for the block")
    for place in others.indices { places[start + place] = others[place] }
  }
}
