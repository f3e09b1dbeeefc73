// Made by make.py; do not edit.
// swift-format-ignore-file

/// Texts and the columns they take, by Python's wcwidth.
enum WidthReference {
  static let all: [(text: String, width: Int)] = [
    ("", 0),  // 
    ("\u{61}\u{62}\u{63}", 3),  // abc
    ("\u{6E}\u{61}\u{EF}\u{76}\u{65}", 5),  // na\xefve
    ("\u{E9}", 1),  // \xe9
    ("\u{65}\u{301}", 1),  // e\u0301
    ("\u{65E5}\u{672C}\u{8A9E}", 6),  // \u65e5\u672c\u8a9e
    ("\u{D55C}\u{AD6D}\u{C5B4}", 6),  // \ud55c\uad6d\uc5b4
    ("\u{FF46}\u{FF55}\u{FF4C}\u{FF4C}", 8),  // \uff46\uff55\uff4c\uff4c
    ("\u{FF76}\u{FF85}", 2),  // \uff76\uff85
    ("\u{1F600}", 2),  // \U0001f600
    ("\u{1F44D}\u{1F3FD}", 2),  // \U0001f44d\U0001f3fd
    ("\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}\u{200D}\u{1F466}", 2),  // \U0001f468\u200d\U0001f469\u200d\U0001f4
    ("\u{1F1EB}\u{1F1F7}", 2),  // \U0001f1eb\U0001f1f7
    ("\u{2600}\u{FE0F}", 2),  // \u2600\ufe0f
    ("\u{2705}", 2),  // \u2705
    ("\u{2192}", 1),  // \u2192
    ("\u{2026}", 1),  // \u2026
    ("\u{3B1}\u{2264}\u{3B2}", 3),  // \u03b1\u2264\u03b2
    ("\u{4E2D}\u{61}\u{6587}\u{62}", 6),  // \u4e2da\u6587b
    ("\u{283F}", 1),  // \u283f
    ("\u{2588}", 1),  // \u2588
    ("\u{200B}", 0),  // \u200b
    ("\u{E44}\u{E17}\u{E22}", 3),  // \u0e44\u0e17\u0e22
    ("\u{928}\u{92E}\u{938}\u{94D}\u{924}\u{947}", 4),  // \u0928\u092e\u0938\u094d\u0924\u0947
    ("\u{645}\u{631}\u{62D}\u{628}\u{627}", 5),  // \u0645\u0631\u062d\u0628\u0627
    ("\u{2460}", 1),  // \u2460
    ("\u{231A}", 2),  // \u231a
    ("\u{301C}", 2),  // \u301c
    ("\u{FE0F}", 0),  // \ufe0f
  ]
}
