/// Passwords that someone has typed into an address, where they do not belong: hidden wherever a cell's text is shown or kept.
package enum Secrets {
  /// The same text, as long, with stars for the password in `scheme://user:password@host` and `password=...`.
  package static func hidden(_ text: String) -> String {
    var scalars = Array(text.unicodeScalars)
    hide(&scalars)
    var result = String.UnicodeScalarView()
    result.append(contentsOf: scalars)
    return String(result)
  }

  /// O(length).
  static func hide(_ scalars: inout [Unicode.Scalar]) {
    var index = 0
    while index < scalars.count {
      index = stands("://", at: index, in: scalars) ? hideAddress(from: index + 3, in: &scalars) : index + 1
    }
    index = 0
    while index < scalars.count {
      index = stands("password=", at: index, in: scalars) ? hideValue(from: index + 9, in: &scalars) : index + 1
    }
  }

  private static func stands(_ text: StaticString, at index: Int, in scalars: [Unicode.Scalar]) -> Bool {
    guard index + text.utf8CodeUnitCount <= scalars.count else { return false }
    return (0..<text.utf8CodeUnitCount).allSatisfy { scalars[index + $0].value == UInt32(text.utf8Start[$0]) }
  }

  /// The password in `user:password@host`. It may hold any sign: the last @ of the address ends it, the first colon begins
  /// it. Gives where the address ends.
  private static func hideAddress(from start: Int, in scalars: inout [Unicode.Scalar]) -> Int {
    var end = start
    var colon: Int?
    var at: Int?
    while end < scalars.count, !endsAddress(scalars[end]) {
      if scalars[end] == ":", colon == nil { colon = end }
      if scalars[end] == "@" { at = end }
      end += 1
    }
    if let colon, let at, colon < at { for index in (colon + 1)..<at { scalars[index] = "*" } }
    return end
  }

  private static func hideValue(from start: Int, in scalars: inout [Unicode.Scalar]) -> Int {
    var index = start
    while index < scalars.count, !endsAddress(scalars[index]), scalars[index] != "&" {
      scalars[index] = "*"
      index += 1
    }
    return index
  }

  private static func endsAddress(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case " ", "\t", "\n", "\r", "\"", "'": true
    default: false
    }
  }
}
