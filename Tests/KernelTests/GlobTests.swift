import Kernel
import Testing

@Suite struct GlobTests {
  /// The answers are those of SQLite's GLOB, which IPython's history searches with.
  @Test(arguments: [
    ("*", "", true), ("", "", true), ("", "a", false), ("a*", "abc", true), ("*c", "abc", true), ("*b*", "abc", true),
    ("a?c", "abc", true), ("a?c", "ac", false), ("a*c*e", "abcde", true), ("a*c*f", "abcde", false),
    ("[ab]c", "bc", true),
    ("[a-c]x", "bx", true), ("[a-c]x", "dx", false), ("*\n*", "a\nb", true), ("?", "é", true), ("A*", "abc", false),
    ("***a", "bba", true), ("[", "[", true), ("[a", "[a", true),
  ])
  func `A pattern fits or does not`(pattern: String, text: String, expected: Bool) {
    #expect(Glob(pattern).matches(text) == expected)
  }

  @Test func `A hostile pattern takes no time to speak of`() {
    #expect(!Glob(String(repeating: "a*", count: 500) + "b").matches(String(repeating: "a", count: 5000)))
  }
}
