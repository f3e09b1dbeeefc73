import Drawing
import Testing

/// Labels that stand together stay different, however little room they have.
@Suite struct ShorteningTests {
  static let families: [[String]] = [
    ["constant", "step(factor=0.5, every=5)", "step(factor=0.5, every=10)"],
    ["cross_entropy", "label_smoothing(smoothing=0.05)", "label_smoothing(smoothing=0.1)"],
    (0..<40).map { "a_very_long_beginning_that_all_have_\($0)" },
    (0..<40).map { "\($0)_a_very_long_end_that_all_have" },
    ["hidden[0]", "hidden[1]", "hidden[10]"], ["learning_rate", "learning_rate_decay", "learning_rates"],
    (0..<4).map { String(repeating: "a", count: 5_000) + "\($0)" + String(repeating: "b", count: 5_000) },
    (0..<12).map { "model-\($0)-of-the-second-experiment" }, ["", "a", "aa", "aaa", "aaaaaaaaaaaaaaaaaaaaaa"],
    ["\u{65E5}\u{672C}\u{8A9E}\u{306E}\u{540D}\u{524D}1", "\u{65E5}\u{672C}\u{8A9E}\u{306E}\u{540D}\u{524D}2"],
  ]

  @Test(arguments: families, [6, 7, 9, 10, 14, 22, 40])
  func `different names have different labels that fit`(names: [String], room: Int) {
    let labels = Shortening.labels(names, columns: room)
    #expect(labels.count == names.count)
    #expect(Set(labels).count == Set(names).count, "\(labels)")
    for label in labels { #expect(TextWidth.of(label) <= room, "\(label)") }
  }

  @Test func `a bounded text has its beginning and its end`() {
    let long = "begin" + String(repeating: "n", count: 1_000_000) + "end"
    let bounded = Shortening.bounded(long, to: 100)
    #expect(bounded.count == 100 && bounded.hasPrefix("begin") && bounded.hasSuffix("end"))
    #expect(Shortening.bounded("short", to: 5) == "short")
  }

  @Test func `what fits stays, and what differs is seen`() {
    let labels = Shortening.labels(Self.families[0], columns: 12)
    #expect(labels[0] == "constant")
    #expect(labels[1].hasSuffix("5)"))
    #expect(labels[2].hasSuffix("10)"))
  }
}
