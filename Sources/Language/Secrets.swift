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

  static func hide(_ scalars: inout [Unicode.Scalar]) {
    for start in scalars.indices where scalars[start...].starts(with: "://".unicodeScalars) {
      let end = scalars[start...].firstIndex { " \t\n\r\"'".unicodeScalars.contains($0) } ?? scalars.endIndex
      let user = start + 3
      // A password may hold any sign; the last @ before the path ends it, the first colon begins it.
      guard user < end, let at = scalars[user..<end].lastIndex(of: "@"),
        let colon = scalars[user..<at].firstIndex(of: ":")
      else { continue }
      for index in (colon + 1)..<at { scalars[index] = "*" }
    }
    for start in scalars.indices where scalars[start...].starts(with: "password=".unicodeScalars) {
      var index = start + 9
      while index < scalars.endIndex, !" \t\n\r\"'&".unicodeScalars.contains(scalars[index]) {
        scalars[index] = "*"
        index += 1
      }
    }
  }
}
