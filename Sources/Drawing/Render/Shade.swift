/// Characters of growing ink, for values in 0...1.
enum Shade {
  static let ramp: [Character] = Array(" .:-=+*#%@")

  static func character(_ share: Double) -> Character {
    guard share.isFinite else { return " " }
    return ramp[min(max(Int(share * Double(ramp.count)), 0), ramp.count - 1)]
  }
}

extension String {
  /// Without the spaces at its end.
  var trimmedRight: String {
    var end = utf8.endIndex
    while end > utf8.startIndex, utf8[utf8.index(before: end)] == 0x20 { end = utf8.index(before: end) }
    return String(self[..<end])
  }
}
