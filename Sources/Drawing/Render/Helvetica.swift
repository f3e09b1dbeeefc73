/// How wide text will be in pixels: Helvetica's advance widths (Adobe font metrics; Arial and Liberation Sans share them).
package enum Helvetica {
  /// Thousandths of the font size for U+0020...U+007E.
  private static let widths: [Int] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
  ]

  package static func width(_ text: String, size: Double = 11, isBold: Bool = false) -> Double {
    var sum = 0
    for character in text {
      if let code = character.asciiValue, code >= 32, code < 127 {
        sum += widths[Int(code) - 32]
      } else {
        sum += TextWidth.of(character) == 2 ? 1000 : 620
      }
    }
    return Double(sum) / 1000 * size * (isBold ? 1.07 : 1)
  }

  /// The text itself if it fits in `room` pixels, else its beginning and its end with `...` between them.
  static func cut(_ text: String, to room: Double, size: Double = 11, isBold: Bool = false) -> String {
    let line = TextWidth.singleLine(Shortening.bounded(text, to: 400))
    return Shortening.squeezed(line) { width($0, size: size, isBold: isBold) <= room }
  }
}
