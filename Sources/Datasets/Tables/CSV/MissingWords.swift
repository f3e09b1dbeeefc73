/// Words that mean that nothing was measured.
package enum MissingWords {
  /// pandas' and polars' words, R's and the databases', in lower case.
  package static let anywhere: Set<String> = [
    "", "na", "n/a", "nan", "null", "?", "#n/a", "#n/a n/a", "#na", "<na>", "nat", "\\n", "-nan", "1.#ind",
    "-1.#ind", "1.#qnan", "-1.#qnan",
  ]
  /// Words that mean it among numbers, but may be a category elsewhere, in lower case.
  package static let amongNumbers: Set<String> = [
    "-", "--", "---", ".", "..", "...", "*", "n.a.", "n.a", "n/d", "nd", "missing", "unknown", "not available", "none",
    "#value!",
    "#div/0!", "#ref!", "#name?", "#num!", "#null!", "inf", "-inf", "+inf", "infinity", "-infinity", "–", "—",
  ]

  /// Those that nobody calls a category, as they are written.
  static let certain: Set<String> = [
    "", "NA", "N/A", "n/a", "NaN", "nan", "-NaN", "-nan", "NULL", "null", "<NA>", "#N/A", "#N/A N/A", "#NA", "NaT",
    "1.#IND",
    "-1.#IND", "1.#QNAN", "-1.#QNAN", "\\N",
  ]

  /// Missing among texts as it is written, as in pandas, unless `categorical=` names the column.
  static let python = "None"

  static func contains(_ text: String) -> Bool { anywhere.contains(text.lowercased()) }
}
