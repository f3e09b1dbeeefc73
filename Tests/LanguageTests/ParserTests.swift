import Language
import Testing

@Suite struct ParserTests {
  @Test func `reading a long cell looks at an interruption all the time`() throws {
    let cell = "x = [" + (0..<50_000).map(String.init).joined(separator: ", ") + "]"
    final class Looks {
      var left: Int
      init(_ left: Int) { self.left = left }
    }
    let all = Looks(.max)
    let parser = Parser(Grammar(commands: [], blockCommands: []))
    _ = try parser.parse(cell) {
      all.left -= 1
      return false
    }
    let count = Int.max - all.left
    // As many in the cutting as in the reading, each after some thousand tokens.
    #expect(count >= 40)
    for look in [0, 1, count / 2, count - 1] {
      let looks = Looks(look)
      #expect(throws: CancellationError.self) {
        try parser.parse(cell) {
          looks.left -= 1
          return looks.left < 0
        }
      }
    }
  }

  @Test(arguments: [
    // commands
    ("train epochs=20 learning_rate=0.1", "<train | epochs=20 | learning_rate=0.1>"),
    ("train epochs = 20", "<train | epochs=20>"),
    ("print \"width is\" width", "<print | \"width is\" | width>"),
    ("print width + 1", "<print | (width + 1)>"),
    ("print width+1", "<print | (width + 1)>"),
    ("print width +1", "<print | width | (+ 1)>"),
    ("tell 7 -0.38", "<tell | 7 | -0.38>"),
    ("tell 7 - 0.38", "<tell | (7 - 0.38)>"),
    ("tell 7 [0.1, 3]", "<tell | 7 | [0.1, 3]>"),
    ("tell 7 failed", "<tell | 7 | failed>"),
    ("print xs[0] f(2) (1 + 2)", "<print | xs[0] | f(2) | (1 + 2)>"),
    ("print a and not b", "<print | (a and (not b))>"),
    ("print not a", "<print | (not a)>"),
    ("print a not in b", "<print | (a not in b)>"),
    ("print(\"x\", to=stderr)", "<print | \"x\" | to=stderr>"),
    ("print(1)+1", "<print | (1 + 1)>"),
    ("print best.value trials[0].params", "<print | best.value | trials[0].params>"),
    (
      "train schedule=step(factor=0.5, every=10) early_stopping=patience(5, min_delta=1e-4)",
      "<train | schedule=step(factor=0.5, every=10) | early_stopping=patience(5, min_delta=0.0001)>"
    ),
    ("train epochs=2 * 3 x=-1 seed=3", "<train | epochs=(2 * 3) | x=-1 | seed=3>"),
    ("enqueue hidden[0]=32 layers=2", "<enqueue | hidden[0]=32 | layers=2>"),
    ("tune timeout=10min stop=stagnation(20)", "<tune | timeout=10min | stop=stagnation(20)>"),
    ("study new \"mine\" direction=[minimize, maximize]", "<study | new | \"mine\" | direction=[minimize, maximize]>"),
    (
      "plot schedule step(factor=0.5, every=5) exponential(decay=0.1) epochs=30",
      "<plot | schedule | step(factor=0.5, every=5) | exponential(decay=0.1) | epochs=30>"
    ),
    // what makes a statement what it is
    ("width = 128", "width = 128"),
    ("trials = 20", "trials = 20"),
    ("trials", "<trials>"),
    ("trials top=5", "<trials | top=5>"),
    ("trials[3].state", "trials[3].state"),
    ("trials - 1", "(trials - 1)"),
    ("trials -1", "<trials | -1>"),
    ("trials == 20", "(trials == 20)"),
    ("trials in {1}", "(trials in {1})"),
    ("best.params.learning_rate", "best.params.learning_rate"),
    ("run(\"deep\").seconds", "run(\"deep\").seconds"),
    ("print [1, 2]", "<print | [1, 2]>"),
    ("width", "width"),
    ("?train", "?train"), ("train?", "?train"), ("??step.factor", "?step.factor"), ("?", "?"),
    // several statements, ends, comments
    ("a = 1; b = 2", "a = 1\nb = 2"),
    ("a;", "a ;"),
    ("a; # hidden", "a ;"),
    ("a # b = 2", "a"),
    ("# only\n\n", ""),
    ("train epochs=5 \\\n      seed=3", "<train | epochs=5 | seed=3>"),
    ("xs = [\n  1,\n  2,\n]", "xs = [1, 2]"),
    ("    train\n    best", "<train>\n<best>"),
    ("train\r\nbest\rtrials", "<train>\n<best>\n<trials>"),
    ("\u{FEFF}train", "<train>"),
    ("train\tepochs=1", "<train | epochs=1>"),
  ])
  func statement(_ text: String, _ expected: String) { #expect(read(text) == expected) }

  @Test(arguments: [
    ("1..4", "1..4"), ("0..3", "0..3"), ("0.0..0.9", "0.0..0.9"), ("1e-5..1", "1e-05..1"), (".5..1.", "0.5..1.0"),
    ("-1..n - 1", "-1..(n - 1)"), ("x in 1..4", "(x in 1..4)"),
    ("1_000", "1000"), ("0x1f", "31"), ("1e+16", "1e+16"), ("1E3", "1000.0"), ("5.", "5.0"),
    ("-9223372036854775808", "-9223372036854775808"),
    ("30s", "30s"), ("90s", "90s"), ("10min", "10min"), ("2h", "2h"), ("1.5h", "90min"),
    ("a + b * c ** d ** e", "(a + (b * (c ** (d ** e))))"), ("-2 ** 2", "(- (2 ** 2))"), ("2 ** -1", "(2 ** -1)"),
    ("a - b - c", "((a - b) - c)"), ("a or b and not c == d", "(a or (b and (not (c == d))))"),
    ("0 < x <= 1", "((0 < x) and (x <= 1))"), ("0 < x < y < 1", "(((0 < x) and (x < y)) and (y < 1))"),
    ("[1, 2.5, \"a\", None, True,]", "[1, 2.5, \"a\", none, true]"), ("[]", "[]"), ("(1, 2)", "[1, 2]"), ("(1)", "1"),
    ("(1,)", "[1]"), ("{}", "{}"), ("{\"a\": 1, \"n\": {\"x\": [1]},}", "{\"a\": 1, \"n\": {\"x\": [1]}}"),
    ("{relu, tanh}", "{relu, tanh}"), ("{step(factor=0.5), constant}", "{step(factor=0.5), constant}"),
    ("a.b[0].c(1)", "a.b[0].c(1)"), ("not a in b", "(not (a in b))"), ("a not in b", "(a not in b)"),
  ])
  func expression(_ text: String, _ expected: String) { #expect(read(text) == expected) }

  @Test(arguments: [
    (#""a\n\t\\\"\'""#, "a\n\t\\\"'"), ("'it'", "it"), (#""\xe9\u20ac\U0001f600""#, "é€😀"),
    (#""\ud83d\ude00""#, "😀"), (#""\101\0""#, "A\0"), (#""\N{BULLET}""#, "•"), (#""\q""#, "\\q"), (#"r"a\n""#, "a\\n"),
    ("\"a\\\nb\"", "ab"), ("\"\"\"a\n\"b\" c\"\"\"", "a\n\"b\" c"), ("''", ""), ("'# no comment'", "# no comment"),
  ])
  func string(_ text: String, _ expected: String) throws {
    guard case .expression(.literal(.string(let value), _))? = Parser(grammar).parse(text).0.statements.first?.kind
    else {
      Issue.record("\(mistakes(text))")
      return
    }
    #expect(value == expected)
  }

  @Test func spaceBlock() {
    let text = """
      space
          layers        in 1..4            # how many
          neurons       in {64, 128,
                            256}

          learning_rate in log(1e-5..1)
          momentum      in 0.0..0.99 when optimizer == sgd and layers > 1
          dropout       in 0.0..0.5 step 0.1
          hidden[0]     in 16..256 step 16 when layers > 0
          subject to (parameters +   1) * 2 <= 500000
      tune trials=10
      """
    #expect(
      read(text) == """
        <space>
          layers in 1..4
          neurons in {64, 128, 256}
          learning_rate in log(1e-05..1)
          momentum in 0.0..0.99 when ((optimizer == sgd) and (layers > 1))
          dropout in 0.0..0.5 step 0.1
          hidden[0] in 16..256 step 16 when (layers > 0)
          subject to (((parameters + 1) * 2) <= 500000) [(parameters + 1) * 2 <= 500000]
        <tune | trials=10>
        """)
    #expect(read("space external\n  x in {a, b}") == "<space | external>\n  x in {a, b}")
    #expect(read("  space\n    a in 1..2; b in 1..3\n  best") == "<space>\n  a in 1..2\n  b in 1..3\n<best>")
  }

  /// What papermill's Python translator writes for its table of values, and black's form of it.
  @Test func parametersCell() {
    let text = """
      # Parameters
      lr = 0.01
      eps = 1e-05
      big = 1e+16
      b = True
      none = None
      s = "he said \\"hi\\"\\nline2\\ttab \\\\back \\xe9 \\u20ac \\U0001f600 'q'"
      xs = [1, 2.5, "a", None, True]
      d = {"a": 1, "2": "b", "n": {"x": [1]}}
      nan = float('nan')
      long = [
          1,
          2,
      ]
      path = 'it is'
      """
    #expect(
      read(text) == """
        lr = 0.01
        eps = 1e-05
        big = 1e+16
        b = true
        none = none
        s = "he said \\"hi\\"\\nline2\\ttab \\\\back é € 😀 'q'"
        xs = [1, 2.5, "a", none, true]
        d = {"a": 1, "2": "b", "n": {"x": [1]}}
        nan = float("nan")
        long = [1, 2]
        path = "it is"
        """)
  }
}
