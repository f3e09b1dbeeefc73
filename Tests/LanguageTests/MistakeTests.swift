import Language
import Testing

/// Every mistake that the reader knows: the cell, the stretch under the caret, and the words.
@Suite struct MistakeTests {
  @Test(arguments: [
    ("trian epochs=20", "[trian] unknown command 'trian'; did you mean 'train'?"),
    ("Train epochs=20", "[Train] unknown command 'Train'; did you mean 'train'?"),
    ("frobnicate \"x\"", "[frobnicate] unknown command 'frobnicate'; help lists the commands"),
    (
      "for i in xs:",
      "[for] this kernel does not run Python, and 'for' is Python's; use a space and tune sampler=grid to try several values"
    ),
    ("train epochs=", "[epochs=] expected a value for 'epochs'"),
    ("train epochs=20, seed=1", "[,] unexpected ','; values and key=value pairs are separated by spaces"),
    ("train epochs: 20", "[:] unexpected ':'; a parameter is given as key=value"),
    ("train epochs=20 seed 3", "[seed] expected '=' after 'seed'; parameters are given as key=value"),
    (
      "train epochs=20 3", "[3] a value without a name follows key=value; values come first, then key=value pairs"
    ),
    ("train epochs=1 epochs=2", "[epochs] 'epochs' is given twice"),
    ("train schedule=step(factor=1, factor=2)", "[factor] 'factor' is given twice"),
    (
      "train schedule=step(a=1, 2)",
      "[2] a value without a name follows key=value; values come first, then key=value pairs"
    ),
    ("train x=step(a=)", "[)] expected a value for 'a', found ')'"),
    ("train epochs=5?", "[?] unexpected '?'; train? alone asks for help"),
    ("x =", "[] expected a value for 'x', found the end of the line"),
    ("x = y = 3", "[=] only a name can be given a value; a comparison is written =="),
    ("a.b = 3", "[=] only a name can be given a value; a comparison is written =="),
    ("x += 1", "[+=] '+=' is not known; write it out: x = x + 1"),
    ("none = 3", "[none] 'none' always means none; choose another name"),
    ("x = 1 2", "[2] unexpected '2'"),
    ("x = (1", "[(] '(' is not closed; expected ')'"),
    ("train epochs=[1, 2\nplot loss", "[[] '[' is not closed; expected ']'"),
    ("x = 1)", "[)] ')' closes nothing"),
    ("x = (1]", "[]] ']' does not close the '(' of line 1; expected ')'"),
    ("x = \"abc", "[\"abc] the text is not closed on its line; expected \""),
    ("x = \"\"\"abc", "[\"\"\"] the text that starts here is not closed; expected three \""),
    ("x = \"\\x4\"", "[\\x4] expected 2 hexadecimal digits in the escape"),
    ("x = \"\\ud800\"", "[\\ud800] the escape names no character"),
    (
      "x = 1180591620717411303424",
      "[1180591620717411303424] integer overflow: 1180591620717411303424 does not fit 64 bits; write it as a float, 1e20"
    ),
    (
      "x = 9223372036854775808",
      "[9223372036854775808] integer overflow: 9223372036854775808 does not fit 64 bits; write it as a float, 1e20"
    ),
    ("x = 1e400", "[1e400] float overflow: 1e400 is beyond 1.8e308"),
    ("x = 007", "[007] a whole number does not start with 0; write 7"),
    ("x = 10m", "[10m] unknown unit 'm'; did you mean 10min?"),
    ("x = 3abc", "[3abc] '3abc' is neither a number nor a name; durations are written 30s, 10min, 2h"),
    ("x = 0xfg", "[0xfg] '0xfg' is not a number of base 16"),
    ("x = 1...4", "[...] unknown operator '...'; a range is written 1..4, both ends included"),
    ("x = 1..<4", "[..<] unknown operator '..<'; a range is written 1..4, both ends included"),
    ("x = 1..4..2", "[..] unexpected '..'; a range has two ends; write its step after 'step'"),
    ("x = a && b", "[&&] unknown operator '&&'; write 'and'"),
    ("x = !a", "[!] unknown operator '!'; write 'not'"),
    ("x = xs[1:2]", "[:] unexpected ':'; slices are not known; an index is one number"),
    ("x = xs[]", "[]] expected an index, found ']'"),
    ("x = [1 2]", "[2] expected ',' or ']', found '2'"),
    ("x = {1: 2, 3}", "[}] expected ':' after a key, found '}'"),
    ("x = 2 * not y", "[not] unexpected 'not'; put 'not ...' in brackets"),
    ("x = a.", "[] expected an attribute's name after '.', found the end of the line"),
    (
      "x = \u{201C}a\u{201D}",
      "[\u{201C}] a typographic quotation mark; write \" or '\n[\u{201D}] a typographic quotation mark; write \" or '"
    ),
    ("x = 5 \u{0} 3", "[\u{0}] unexpected character U+0000"),
    ("x = 5 $ 3", "[$] unexpected character '$'"),
    ("x = 1 \\ 2", "[\\] nothing may follow a '\\' that continues a line"),
    ("!pip install x", "[!] this kernel does not run shell commands; use a terminal"),
    ("%time", "[%] this kernel does not have IPython's magics; try help"),
    (
      "train\n    epochs=3",
      "[epochs] unexpected indentation; a line continues inside brackets or after a trailing '\\'"
    ),
    (
      "space\n  layers 1..4",
      "[1] expected 'in' after 'layers', found '1'; a line of a space is 'name in values': layers in 1..4"
    ),
    (
      "space\n  layers in",
      "[] expected the values of 'layers', found the end of the line; 1..4, {a, b} or log(1e-5..1)"
    ),
    (
      "space\n  x in 1..4 stp 2",
      "[stp] expected 'step', 'when' or the end of the line, found 'stp'; did you mean 'step'?"
    ),
    ("space\n  x in 1..4 if y", "[if] unexpected 'if'; write 'when'"),
    (
      "space\n  x in 1..4\n    y in 1..2",
      "[y] this line is indented deeper than the first line of the block; use 2 spaces as there"
    ),
    ("space\n  3 in 1..4", "[3] expected a parameter's name, found '3'"),
  ])
  func mistake(_ text: String, _ expected: String) {
    #expect(mistakes(text).joined(separator: "\n") == expected)
  }

  @Test func severalAtOnce() {
    let text = """
      trian epochs=1
      x = 1 2
      space
          layers in
          neurons in {1, 2}
          batch 4
      best
      y = 10m
      """
    #expect(
      mistakes(text).map { $0.split(separator: ";")[0] } == [
        "[trian] unknown command 'trian'", "[2] unexpected '2'",
        "[\n] expected the values of 'layers', found the end of the line",
        "[4] expected 'in' after 'batch', found '4'",
        "[10m] unknown unit 'm'",
      ])
    #expect(Parser(grammar).parse(text).0.statements.count == 2)
  }

  @Test(arguments: [
    String(repeating: "(", count: 100_000),
    String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000),
    "x = " + String(repeating: "-", count: 100_000) + "1", "x = " + String(repeating: "not ", count: 100_000) + "1",
    "x = a" + String(repeating: ".b", count: 100_000),
    "x = " + String(repeating: "2 ** ", count: 100_000) + "1", "x = " + String(repeating: "f(", count: 5_000),
    "x = " + String(repeating: "{1: ", count: 5_000),
    "x = a" + String(repeating: "[0]", count: 10_000),
    // the brackets within their limit, the attributes within theirs, together too high
    String(repeating: "f(1 + ", count: 90) + "a" + String(repeating: ".b", count: 150)
      + String(repeating: ")", count: 90),
  ])
  func depthIsLimited(_ text: String) {
    let (_, diagnostics) = Parser(grammar).parse(text)
    #expect(!diagnostics.isEmpty)
  }

  /// A cell of nothing but mistakes is given up, and what is shown of it stays readable.
  @Test(arguments: ["$ ", "x = 1 2\n", "frob 3\n", "(]\n", "x = 10m\n"])
  func mistakesAreLimited(_ piece: String) {
    let source = Source(String(repeating: piece, count: 20_000))
    let (_, diagnostics) = Parser(grammar).parse(source)
    #expect((1...100).contains(diagnostics.count))
    #expect(diagnostics.rendered(in: source).count < 10_000)
  }

  /// Whatever stands in a cell, the reader answers. A cheap mutation of sound cells, the same every time.
  @Test func neverTraps() {
    let seeds = [
      "space\n    x in log(1e-5..1) when y == \"a\\n\" and z in {1, 2}\ntrain a=[1, {\"b\": 2}] \\\n c=3;",
      "tell 7 -0.38 ; x = float('nan') ** 2..4 # c\n?train\nhidden[0] in 3",
      "\"\"\"a\n\"\"\" + r'\\' '\\u12' \\N{X} 0x 1_ 1e 5s",
    ]
    let pieces: [Unicode.Scalar] = Array(
      "()[]{}\"'\\\n\r\t .,:;=#?+-*/<>!%&|@$0x1e_aZ\u{0}\u{FEFF}\u{301}\u{200D}\u{1F600}é".unicodeScalars)
    var state: UInt64 = 1
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    for round in 0..<6_000 {
      var scalars = Array(seeds[round % seeds.count].unicodeScalars)
      for _ in 0...next(4) {
        let place = next(scalars.count)
        switch next(3) {
        case 0: scalars.remove(at: place)
        case 1: scalars.insert(pieces[next(pieces.count)], at: place)
        default: scalars[place] = pieces[next(pieces.count)]
        }
      }
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars)
      let source = Source(String(view))
      let (_, diagnostics) = Parser(grammar).parse(source)
      for diagnostic in diagnostics {
        #expect(diagnostic.span.start >= 0 && diagnostic.span.start <= source.count)
        #expect(diagnostic.rendered(in: source).split(separator: "\n", omittingEmptySubsequences: false).count >= 3)
      }
      _ = Readiness.of(String(view), grammar)
    }
  }
}
