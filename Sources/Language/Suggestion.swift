/// The nearest known name to a mistyped one.
package enum Suggestion {
  /// The candidate with the smallest Damerau-Levenshtein distance (optimal string alignment: a swap of neighbours
  /// counts one), if at most a third of the word's length (at least one) is wrong; the first of equals.
  /// A word that differs only in case or underscores, or that is an unambiguous beginning, is near at once.
  package static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
    guard word.utf8.count <= 256 else { return nil }
    let candidates = Array(candidates)
    if let same = candidates.first(where: { folded($0) == folded(word) && $0 != word }) { return same }
    let letters = Array(word.lowercased())
    // Of two letters one that is wrong leaves nothing to go by: lr is not l1. A digit may be another one.
    if letters.count == 2, letters[1].isNumber {
      return candidates.first { $0.count == 2 && $0.first == letters[0] && $0.last?.isNumber == true && $0 != word }
    }
    guard (3...64).contains(letters.count) else { return nil }
    let limit = max(1, (letters.count + 1) / 3)
    var best: (name: String, distance: Int)?
    for candidate in candidates where candidate != word {
      let distance = distance(letters, Array(candidate.lowercased()), limit: limit)
      if distance <= limit, distance < best?.distance ?? .max, distance < letters.count {
        best = (candidate, distance)
      }
    }
    if let best { return best.name }
    let beginnings = candidates.filter { letters.count >= 3 && $0.hasPrefix(word) }
    return beginnings.count == 1 ? beginnings[0] : nil
  }

  /// `did you mean 'x'?`, or nil where nothing is near.
  package static func hint(for word: String, among candidates: some Sequence<String>) -> String? {
    hint(nearest(to: word, among: candidates))
  }

  /// `did you mean 'x'?` for what was found; nil if nothing was.
  package static func hint(_ name: String?) -> String? { name.map { "did you mean '\($0)'?" } }

  private static func folded(_ word: String) -> String {
    word.lowercased().filter { $0 != "_" && $0 != "-" }
  }

  /// O(length squared); above the limit any number above it.
  static func distance(_ a: [Character], _ b: [Character], limit: Int = .max) -> Int {
    if abs(a.count - b.count) > limit { return limit + 1 }
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in 0..<a.count {
      var row = [i + 1] + [Int](repeating: 0, count: b.count)
      for j in 0..<b.count {
        row[j + 1] = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { row[j + 1] = min(row[j + 1], beforeLast[j - 1] + 1) }
      }
      (beforeLast, last) = (last, row)
    }
    return last[b.count]
  }
}
