/// Words that mean that nothing was measured.
package enum MissingWords {
  /// pandas' and polars' words, R's and the databases', in lower case.
  package static let anywhere: Set<String> = [
    "", "na", "n/a", "nan", "null", "none", "?", "#n/a", "#n/a n/a", "#na", "<na>", "nat", "\\n", "-nan", "1.#ind",
    "-1.#ind", "1.#qnan", "-1.#qnan",
  ]
  /// Words that mean it among numbers, but may be a category elsewhere, in lower case.
  package static let amongNumbers: Set<String> = [
    "-", "--", "---", ".", "..", "...", "*", "n.a.", "n.a", "n/d", "nd", "missing", "unknown", "not available",
    "#value!",
    "#div/0!", "#ref!", "#name?", "#num!", "#null!", "inf", "-inf", "+inf", "infinity", "-infinity", "–", "—",
  ]

  static func contains(_ text: String) -> Bool { anywhere.contains(text.lowercased()) }
}
