import Testing
import Vocabulary

@Suite struct CharacterWidthTests {
  /// Widths as EastAsianWidth.txt and a terminal have them.
  @Test(arguments: [
    ("a", 1), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("\u{AD}", 0), ("\u{2329}", 2), ("\u{FE10}", 2), ("\u{16FE0}", 2),
    ("😀", 2), ("👨‍👩‍👧‍👦", 2), ("👍🏽", 2), ("🇩🇪", 2), ("☺\u{FE0F}", 2), ("\u{FF21}", 2), ("\u{1160}", 0), ("\u{200D}", 0),
  ])
  func width(_ text: String, _ columns: Int) { #expect(CharacterWidth.of(text) == columns) }
}
