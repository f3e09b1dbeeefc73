import Testing
import Vocabulary

@Suite struct VisibleTextTests {
  @Test(arguments: [
    ("plain\ttext\n", "plain\ttext\n"), ("a\u{1B}[31mred", "a\\x1b[31mred"), ("\u{9B}31m", "\\x9b31m"),
    ("x\ry", "x\\x0dy"), ("a\u{202E}b\u{2066}c\u{200F}", "a\\u202eb\\u2066c\\u200f"),
    ("pay\u{200B}pal", "pay\\u200bpal"),
    ("so\u{AD}ft\u{FEFF}", "so\\xadft\\ufeff"), ("\u{E0041}", "\\U000e0041"), ("one\u{2028}two", "one\\u2028two"),
    ("a\u{200D}b", "a\\u200db"), ("\u{7F}", "\\x7f"), ("Zürich, Köln, 東京", "Zürich, Köln, 東京"),
    ("cafe\u{301}", "cafe\u{301}"),
    ("👩\u{200D}👩\u{200D}👧", "👩\u{200D}👩\u{200D}👧"), ("❤\u{FE0F}", "❤\u{FE0F}"), ("می\u{200C}خواهم", "می\u{200C}خواهم"),
    ("שלום عربي", "שלום عربي"),
  ])
  func `what steers or hides is spelled out, all else stays`(text: String, shown: String) {
    #expect(VisibleText.cleaned(text).unicodeScalars.elementsEqual(shown.unicodeScalars), "\(shown)")
    #expect(VisibleText.cleaned(VisibleText.cleaned(text)) == VisibleText.cleaned(text))
  }
}
