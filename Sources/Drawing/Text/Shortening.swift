/// Shortens labels that stand in one picture or one column, so that different ones stay different.
///
///     labels(["step(factor=0.5, every=5)", "step(factor=0.5, every=10)"]) { $0.count <= 11 }
///     // ["step...=5)", "step...=10)"]
package enum Shortening {
  /// As many labels as names; those that fit stay as they are. O(n log n) for n names of bounded length.
  static func labels(_ names: [String], fits: (String) -> Bool) -> [String] {
    let lines = names.map { TextWidth.singleLine($0) }
    var labels = lines.map { cut(Array($0), fits) }
    var groups: [String: Set<String>] = [:]
    for (label, line) in zip(labels, lines) { groups[label, default: []].insert(line) }
    for group in groups.values where group.count > 1 {
      let names = group.map(Array.init)
      let shared = wholeNumber(names[0], before: sharedPrefix(names))
      for index in labels.indices where group.contains(lines[index]) {
        labels[index] = middle(Array(lines[index]), shared, fits)
      }
    }
    return numbered(labels, lines, fits)
  }

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
  private static func numbered(_ labels: [String], _ lines: [String], _ fits: (String) -> Bool) -> [String] {
    var owners: [String: String] = [:]
    return labels.indices.map { index in
      let label = labels[index]
      if owners[label, default: lines[index]] == lines[index] {
        owners[label] = lines[index]
        return label
      }
      let end = "#\(index + 1)"
      return longest(label.count, { String(label.prefix($0)) + end }, fits: fits) ?? label
    }
  }

  private static func longest(_ most: Int, _ text: (Int) -> String, fits: (String) -> Bool) -> String? {
    stride(from: most, through: 0, by: -1).lazy.map(text).first(where: fits)
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
