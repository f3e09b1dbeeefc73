import Language
import Testing

@Suite struct ReadinessTests {
  @Test(arguments: [
    ("", "complete"), ("train", "complete"), ("x = 1\n", "complete"), ("print \"a\"", "complete"), ("# c", "complete"),
    ("x = [1,", "incomplete 4"), ("train a=step(", "incomplete 4"), ("{", "incomplete 4"), ("x = (1,\n  2", "incomplete 4"),
    ("train epochs=3 \\", "incomplete 4"), ("train epochs=3 \\\n", "incomplete 4"), ("train epochs=3 \\\n  seed=1", "complete"),
    ("space", "incomplete 4"), ("space external", "incomplete 4"), ("  space", "incomplete 6"), ("x = 1\nspace", "incomplete 4"),
    ("space\n", "complete"), ("space\n    a in 1..2", "incomplete 4"), ("space\n  a in 1..2", "incomplete 2"),
    ("space\n\ta in 1..2", "incomplete tab"),
    ("space\n    a in 1..2\n", "complete"), ("space\n    a in 1..2\n    ", "complete"), ("space\n    a in 1..2\ntrain", "complete"),
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
}
