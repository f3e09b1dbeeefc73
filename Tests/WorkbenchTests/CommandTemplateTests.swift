import Testing
import Workbench

/// How the text of `tune program=` becomes arguments; the client tests compare the splitting with Python's `shlex`.
@Suite struct CommandTemplateTests {
  @Test(arguments: [
    ("a  b\tc", ["a", "b", "c"]),
    ("p '{x}' \"{x} y\" pre{x}post", ["p", "1 2", "1 2 y", "pre1 2post"]),
    ("p {{x}} {} { } {a b} {\"x\": {x}}", ["p", "{x}", "{}", "{", "}", "{a", "b}", "{x:", "1 2}"]),
    ("p --m {none} end", ["p", "end"]),
    ("p -m{none} --k={none} {none}", ["p"]),
    ("p --a=1 {none} 'b c' {none}", ["p", "--a=1", "b c"]),
    ("p --flag '--x y' {none}", ["p", "--flag"]),
  ])
  func filled(_ text: String, _ expected: [String]) throws {
    let template = try CommandTemplate(text, known: ["x", "none"], shown: 2)
    #expect(template.filled(["x": "1 2"]) == expected)
  }

  @Test(arguments: ["", "  ", "{x} y", "a 'b", "a \"b", "a\\", "a | b", "a > b", "a {y}", "a {x.y}"])
  func mistakes(_ text: String) {
    #expect(throws: CommandTemplate.Mistake.self) { try CommandTemplate(text, known: ["x"], shown: 1) }
  }

  @Test func quotedMarksAreArguments() throws {
    let template = try CommandTemplate("p '|' \\> \"&&\"", known: [], shown: 0)
    #expect(template.filled([:]) == ["p", "|", ">", "&&"])
  }

  /// A worker reads the text that it is given as the session read its own.
  @Test(arguments: [
    "p --x {x} --y={y} 'a b'", "p {{x}} {{other}} {x}{y} {} { } {\"k\": {x}}",
    "p '' \"it's\" '|' \\> 'a\\b' --n {none} z", "p {x} {z}",
  ])
  func filling(_ text: String) throws {
    let template = try CommandTemplate(text, known: ["x", "y", "z", "none"], shown: 3)
    let given = ["x": "{y} and '{{z}}'", "z": ""]
    let own = ["y": "2 \"2\""]
    let sent = try CommandTemplate(template.filling(given), known: ["x", "y", "z", "none"], shown: 3)
    #expect(sent.filled(own) == template.filled(own.merging(given) { $1 }))
  }

  @Test(arguments: [
    ("step 3 0.41", ProgramOutput.Line.step(3, 0.41)),
    ("value 0.38 -2", .values([0.38, -2], metrics: [:])),
    (#"{"step": 2, "value": 1}"#, .step(2, 1)),
    (#"{"value": 1, "metrics": {"f1": 0.5, "name": "x"}}"#, .values([1], metrics: ["f1": 0.5])),
    (#"{"values": [1, 2]}"#, .values([1, 2], metrics: [:])),
  ])
  func lines(_ text: String, _ expected: ProgramOutput.Line) {
    var output = ProgramOutput()
    #expect(output.take(("noise\n" + text + "\r\nvalue x\nstep -1 2\n").utf8) == [expected])
    // Cut anywhere, it says the same.
    var pieces = ProgramOutput()
    var found: [ProgramOutput.Line] = []
    for byte in text.utf8 { found += pieces.take([byte]) }
    #expect(found + pieces.finish() == [expected])
  }
}
