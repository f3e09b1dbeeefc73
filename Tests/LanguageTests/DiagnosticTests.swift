import Language
import Testing

@Suite struct DiagnosticTests {
  func rendered(_ text: String, _ stretch: String, hint: String? = nil) -> String {
    let scalars = Array(text.unicodeScalars), piece = Array(stretch.unicodeScalars)
    let start = scalars.indices.first { scalars[$0...].starts(with: piece) } ?? 0
    return Diagnostic("wrong", at: Span(start, start + piece.count), hint: hint).rendered(in: Source(text))
  }

  /// The form that the language page shows.
  @Test func asOnThePage() {
    let text = "train epochs=20 learning_rat=0.1"
    let diagnostic = Diagnostic(
      "unknown parameter 'learning_rat' of train", at: Span(16, 28), hint: "did you mean 'learning_rate'?")
    #expect(
      diagnostic.rendered(in: Source(text)) == """
        train epochs=20 learning_rat=0.1
                        ^~~~~~~~~~~~
        unknown parameter 'learning_rat' of train; did you mean 'learning_rate'?
        """)
  }

  @Test(arguments: [
    ("a = 1\nb = oops # c\n", "oops", "b = oops # c\n    ^~~~\nline 2: wrong"),
    ("a\r\nb oops\r\n", "oops", "b oops\n  ^~~~\nline 2: wrong"),
    ("\tx oops", "oops", "\tx oops\n\t  ^~~~\nwrong"),
    ("x = \"日本\" oops", "oops", "x = \"日本\" oops\n           ^~~~\nwrong"),
    ("x = 日本", "日本", "x = 日本\n    ^~~~\nwrong"),
    ("x = \"e\u{301}👩‍👩‍👧\" oops", "oops", "x = \"e\u{301}👩‍👩‍👧\" oops\n          ^~~~\nwrong"),
    ("x \u{1B}[31m oops", "oops", "x \u{FFFD}[31m oops\n        ^~~~\nwrong"),
    ("oops \u{202E}x", "oops", "oops \u{FFFD}x\n^~~~\nwrong"),
    ("f(oops\nmore)", "oops\nmore", "f(oops\n  ^~~~\nline 1: wrong"),
    ("", "", "\n^\nwrong"),
  ])
  func rendering(_ text: String, _ stretch: String, _ expected: String) { #expect(rendered(text, stretch) == expected) }

  @Test func longLinesAreCut() {
    let text = String(repeating: "x ", count: 500_000) + "oops " + String(repeating: "y ", count: 500_000)
    let lines = rendered(text, "oops").split(separator: "\n")
    #expect(lines[0].count < 200 && lines[1].count < 200)
    #expect(lines[0].hasPrefix("... ") && lines[0].hasSuffix(" ..."))
    let column = lines[1].prefix { $0 != "^" }.count
    #expect(lines[0].dropFirst(column).hasPrefix("oops"))
  }

  @Test func endOfLineHasItsCaret() {
    let text = "x = 1 +"
    let diagnostic = Parser(grammar).parse(text).1[0]
    #expect(diagnostic.rendered(in: Source(text)) == "x = 1 +\n       ^\nexpected a value, found the end of the line")
  }

  @Test func several() {
    let source = Source("a b\nc d")
    let two = [Diagnostic("one", at: Span(0, 1)), Diagnostic("two", at: Span(4, 5), hint: "why")]
    #expect(
      two.rendered(in: source) == "a b\n^\nline 1: one\n\nc d\n^\nline 2: two; why\n\nline 1: one (and 1 more mistake)")
    #expect([two[1]].rendered(in: source) == "c d\n^\nline 2: two; why")
  }

  @Test(
    arguments: [
      ("learning_rat", "learning_rate"), ("lerning_rate", "learning_rate"), ("Adam", "adam"), ("adm", "adam"),
      ("aadm", "adam"),
      ("epoch", "epochs"), ("batchsize", "batch_size"), ("batch-size", "batch_size"), ("lr", nil), ("x", nil),
      ("zzzzzz", nil),
      ("learn", "learning_rate"), ("", nil),
    ] as [(String, String?)])
  func suggestion(_ word: String, _ expected: String?) {
    #expect(
      Suggestion.nearest(to: word, among: ["learning_rate", "adam", "epochs", "batch_size", "adamw", "seed"])
        == expected)
  }
}
