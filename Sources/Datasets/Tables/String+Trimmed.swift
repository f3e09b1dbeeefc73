extension String {
  var trimmed: String {
    guard let first = utf8.first, let last = utf8.last else { return "" }
    // Most texts have no blanks at their ends.
    if first > 32, first < 0x80, last > 32, last < 0x80 { return self }
    return String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
