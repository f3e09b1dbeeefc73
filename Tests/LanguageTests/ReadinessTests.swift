import Language
import Testing

@Suite struct ReadinessTests {
  @Test(arguments: [
    ("", "complete"), ("train", "complete"), ("x = 1\n", "complete"), ("print \"a\"", "complete"), ("# c", "complete"),
    ("x = [1,", "incomplete 4"), ("train a=step(", "incomplete 4"), ("{", "incomplete 4"),
    ("x = (1,\n  2", "incomplete 4"),
    ("train epochs=3 \\", "incomplete 4"), ("train epochs=3 \\\n", "incomplete 4"),
    ("train epochs=3 \\\n  seed=1", "complete"),
    ("space", "incomplete 4"), ("space external", "incomplete 4"), ("  space", "incomplete 6"),
    ("x = 1\nspace", "incomplete 4"),
    ("space\n", "complete"), ("space\n    a in 1..2", "incomplete 4"), ("space\n  a in 1..2", "incomplete 2"),
    ("space\n\ta in 1..2", "incomplete tab"),
    ("space\n    a in 1..2\n", "complete"), ("space\n    a in 1..2\n    ", "complete"),
    ("space\n    a in 1..2\ntrain", "complete"),
    ("space\n    a in {1,", "incomplete 4"), ("space\n    a in {1,\n   2}", "incomplete 3"), ("space;", "complete"),
    ("x = \"\"\"abc", "incomplete 0"), ("x = \"abc", "invalid"), ("x = 1)", "invalid"), ("x = (1]", "invalid"),
    ("trian epochs=1", "invalid"), ("x = 1 2", "invalid"), ("x = 10m + (", "invalid"), ("space\n    a 1..2", "invalid"),
  ])
  func readiness(_ text: String, _ expected: String) {
    let shown =
      switch Readiness.of(text, grammar) {
      case .complete: "complete"
      case .incomplete("\t"): "incomplete tab"
      case .incomplete(let indent): "incomplete \(indent.count)"
      case .invalid: "invalid"
      }
    #expect(shown == expected)
  }

  private func words(_ readiness: Readiness) -> String {
    switch readiness {
    case .complete: "complete"
    case .incomplete: "incomplete"
    case .invalid: "invalid"
    }
  }

  /// A cell may be long without being deep.
  @Test(arguments: [
    ("x = 1", " + 1", "complete"), ("x = 1", "*1", "complete"), ("x = true", " and true", "complete"),
    ("x = 1", " < 1", "complete"), ("x = [", "1, ", "incomplete"), ("", "x = 1\n", "complete"), ("# ", "a", "complete"),
    // Each statement leaves a bracket open, or a key comes a hundred thousand times: work per statement must not grow.
    ("", "print(1;", "invalid"), ("train ", "a=1 ", "invalid"), ("", "f(", "incomplete"), ("x = 2", "**2", "invalid"),
    ("x = ", "-", "invalid"), ("", "$", "invalid"), ("", "[", "incomplete"), ("x = a", ".b", "invalid"),
  ])
  func `Long cells`(_ start: String, _ part: String, _ expected: String) {
    #expect(words(Readiness.of(start + String(repeating: part, count: 40_000), grammar)) == expected)
  }

  @Test func `A hundred thousand keys of one command are told apart`() {
    let keys = (0..<100_000).map { "a\($0)=1" }
    #expect(words(Readiness.of("train " + keys.joined(separator: " "), grammar)) == "complete")
    #expect(words(Readiness.of("x = f(" + keys.joined(separator: ", ") + ")", grammar)) == "complete")
  }
}
