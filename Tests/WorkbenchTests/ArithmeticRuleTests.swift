import Testing
import Workbench

/// Rules, conditions and ranges whose numbers go beyond what 64 bits or a double can hold.
@Suite struct ArithmeticRuleTests {
  private static let mistakes = [
    ("neurons in {4, 8}\n    subject to 9223372036854775807 * neurons > 0", "integer overflow"),
    ("neurons in {4, 8}\n    subject to neurons // 0 > 0", "division by zero"),
    ("neurons in {4, 8}\n    subject to neurons / 0.0 > 0", "division by zero"),
    ("neurons in {4, 8}\n    subject to neurons % (neurons - 4) == 0", "division by zero"),
    ("neurons in {4, 8}\n    subject to 10 ** neurons ** 3 > 0", "integer overflow"),
    ("neurons in {4, 8}\n    dropout in 0.0..0.5 when 9223372036854775807 * neurons > 0", "integer overflow"),
    ("neurons in {4, 8}\n    dropout in 0.0..0.5 when neurons // 0 > 0", "division by zero"),
    (
      "neurons in {4, 8}\n    dropout in 0.0..0.5 when neurons == 8 and neurons / (neurons - 8) > 0",
      "division by zero"
    ),
  ]

  @Test(arguments: mistakes) func `a rule that cannot be worked out is named before anything trains`(
    lines: String, named: String
  ) throws {
    let notebook = try Notebook("data iris")
    let failure = try #require(notebook.execute("space\n    " + lines).failure)
    #expect(failure.message.contains(named), "\(failure.message)")
    #expect(failure.traceback.joined().contains("neurons="), "\(failure.traceback)")
  }

  @Test func `what stands before it may keep a rule from being worked out`() throws {
    for rule in ["x > 0 and 12 / x > 3", "x == 0 or 12 % x == 0", "not (x == 0 or 12 // x < 3)"] {
      let notebook = try Notebook("space external\n    x in 0..9\n    subject to \(rule)")
      #expect(notebook.execute("space external\n    x in 0..9\n    y in 0..1 when \(rule)").failure == nil)
    }
  }

  private static let ranges: [(String, String?)] = [
    ("space external\n    x in 9007199254740000..9007199254740992", nil),
    ("space external\n    x in -9007199254740992..0", nil),
    ("space external\n    x in 9007199254740000..9007199254740993", "ends beyond 2**53"),
    ("space external\n    x in 0..9223372036854775807", "ends beyond 2**53"),
    ("space external\n    x in -9223372036854775808..0", "ends beyond 2**53"),
    ("space\n    neurons in 1..9223372036854775807", "not 9223372036854775807"),
  ]

  @Test(arguments: ranges)
  func `the ends of a range are written as they were typed`(cell: String, named: String?) throws {
    let failure = (try Notebook()).execute(cell).failure
    if let named {
      let message = try #require(failure).message
      #expect(message.contains(named) && !message.contains("e+"), "\(message)")
    } else {
      #expect(failure == nil)
    }
  }

  @Test func `trials come from a range that ends at 2 to the 53rd`() throws {
    let notebook = try Notebook(
      "space external\n    x in 9007199254740991..9007199254740992", "study new \"s\" sampler=random",
      "ask;\nask;\nask;")
    let text = try notebook.run("trials").text
    #expect(text.contains("900719925474099") && !text.contains("9007199254740993"), "\(text)")
  }
}
