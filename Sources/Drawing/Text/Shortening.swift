/// Shortens labels that stand in one picture or one column, so that different ones stay different.
///
///     labels(["step(factor=0.5, every=5)", "step(factor=0.5, every=10)"]) { $0.count <= 11 }
///     // ["step...=5)", "step...=10)"]
package enum Shortening {
  /// As many labels as names; those that fit stay as they are. O(n log n) for n names, linear in their lengths.
  static func labels(_ names: [String], fits: (String) -> Bool) -> [String] {
    let lines = names.map { TextWidth.singleLine(bounded($0, to: longest)) }
    var labels = lines.map { cut(Array($0), fits) }
    for (_, indices) in Dictionary(grouping: labels.indices, by: { labels[$0] }) {
      let family = Set(indices.map { lines[$0] }).map(Array.init)
      guard family.count > 1 else { continue }
      let shared = wholeNumber(family[0], before: sharedPrefix(family))
      for index in indices { labels[index] = middle(Array(lines[index]), shared, fits) }
    }
    return numbered(labels, names, fits)
  }

  /// The text itself if it has at most so many characters, else its beginning and its end with dots between them. O(limit).
  ///
  ///     bounded("learning_rate_of_the_second_layer", to: 20)  // "learning_ra...layer"
  package static func bounded(_ text: String, to limit: Int) -> String {
    // A text of so few bytes has no more characters; in a longer one only the ends are looked at.
    guard text.utf8.count > limit, text.index(text.startIndex, offsetBy: limit + 1, limitedBy: text.endIndex) != nil
    else { return text }
    let tail = limit / 3
    return String(text.prefix(limit - tail - 3)) + "..." + String(text.suffix(tail))
  }

  /// The text itself if it fits, else as much of its beginning and end as does; empty if that is nothing. O(n log n).
  static func squeezed(_ text: String, fits: (String) -> Bool) -> String {
    if fits(text) { return text }
    let least = 5
    return longest(max(0, text.count - least), { bounded(text, to: least + $0) }, fits: fits) ?? ""
  }

  /// Names that stand by themselves, with their beginning and end as far as they fit; where different ones would be alike
  /// then, from where they differ.
  static func names(_ names: [String], fits: (String) -> Bool) -> [String] {
    let squeezed = names.map { Self.squeezed(TextWidth.singleLine(bounded($0, to: 400)), fits: fits) }
    return Set(squeezed).count == Set(names).count ? squeezed : labels(names, fits: fits)
  }

  /// Characters of a name that its label may be made of.
  private static let longest = 600

  /// The same for columns of a terminal.
  package static func labels(_ names: [String], columns: Int) -> [String] {
    labels(names) { TextWidth.of($0) <= columns }
  }

  /// The beginning, with dots where the end is left out.
  private static func cut(_ name: [Character], _ fits: (String) -> Bool) -> String {
    if fits(String(name)) { return String(name) }
    return longest(name.count) {
      String(name.prefix($0)) + "..."
    } fits: {
      fits($0)
    }
      ?? longest(name.count) {
        String(name.prefix($0))
      } fits: {
        fits($0)
      } ?? ""
  }

  /// The beginning and the end from where the names differ, with dots between them.
  private static func middle(_ name: [Character], _ shared: Int, _ fits: (String) -> Bool) -> String {
    // A character before the difference, where there is room, shows what the difference is of.
    for lead in [1, 0] {
      let tail = String(name.suffix(max(1, name.count - shared + lead)))
      for dots in ["...", "..", ""] {
        if let label = longest(max(0, shared - lead), { String(name.prefix($0)) + dots + tail }, fits: fits) {
          return label
        }
      }
    }
    // The difference itself is longer than the room.
    return cut(Array(name.dropFirst(min(shared, name.count - 1))), fits)
  }

  /// Those that are still alike get their number in place of their end.
  private static func numbered(_ labels: [String], _ names: [String], _ fits: (String) -> Bool) -> [String] {
    var owners: [String: String] = [:]
    return labels.indices.map { index in
      let label = labels[index]
      if owners[label, default: names[index]] == names[index] {
        owners[label] = names[index]
        return label
      }
      let end = "#\(index + 1)"
      return longest(label.count, { String(label.prefix($0)) + end }, fits: fits) ?? label
    }
  }

  /// The text of the largest number up to `most` that fits, by bisection: a larger number makes no shorter text.
  private static func longest(_ most: Int, _ text: (Int) -> String, fits: (String) -> Bool) -> String? {
    guard fits(text(0)) else { return nil }
    var (low, high) = (0, most)
    while low < high {
      let half = (low + high + 1) / 2
      if fits(text(half)) { low = half } else { high = half - 1 }
    }
    return text(low)
  }

  /// Where a number that differs begins: 0.05 and 0.1 differ as a whole.
  private static func wholeNumber(_ name: [Character], before end: Int) -> Int {
    var start = end
    while start > 0, name[start - 1].isNumber || name[start - 1] == "." { start -= 1 }
    return start
  }

  private static func sharedPrefix(_ names: [[Character]]) -> Int {
    guard let first = names.first else { return 0 }
    return names.dropFirst().reduce(first.count) { shared, name in
      zip(first.prefix(shared), name).prefix { $0 == $1 }.count
    }
  }
}
