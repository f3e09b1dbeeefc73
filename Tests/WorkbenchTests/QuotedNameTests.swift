import Jupyter
import Testing
import Workbench

/// Names that are not words here, as Lightning, Hydra and W&B make them, are typed in quotes wherever a name goes.
@Suite struct QuotedNameTests {
  static let names = ["optimizer.lr", "lr-max", "model/depth", "data set", "a\"b", "größe µ", "0", "in", "subject"]

  /// The name as it is typed in quotes.
  private func quoted(_ name: String) -> String { "\"" + name.replacing("\"", with: "\\\"") + "\"" }

  private func number(_ value: JSON?) -> Double? { if case .double(let number)? = value { number } else { nil } }

  @Test(arguments: names)
  func `a quoted name is a name in spaces, commands and expressions`(name: String) throws {
    let typed = quoted(name)
    let notebook = try Notebook(
      "set progress=none",
      """
      space external
          \(typed) in 0.0..1.0
          other in 0.0..\(typed) when \(typed) > 0.1
          subject to \(typed) <= 0.5 or \(typed) * 2 > 1.9
      """, "study new \"q\" seed=3", "enqueue \(typed)=0.25")
    for number in 0..<8 { try notebook.run("ask\ntell \(number) 0.\(number + 1)") }
    #expect(try notebook.json("trials[0].params[\(typed)]") == .double(0.25))
    for trial in try #require(notebook.json("trials").array) {
      let value = try #require(number(trial["params"]?[name]))
      #expect(value <= 0.5 || value > 0.95)
      if let other = number(trial["params"]?["other"]) { #expect(other <= value && value > 0.1) }
    }
    for cell in ["trials columns=[\(typed)]", "plot slice \(typed)", "plot parallel \(typed) other"] {
      #expect(notebook.execute(cell).failure == nil, "\(cell)")
    }
  }

  @Test func `what is answered to a quoted name can be typed again`() throws {
    let notebook = try Notebook(
      "set progress=none", "space external\n    \"data set\" in {\"x y\", z}", "study new \"q\"")
    let answer = try notebook.run("enqueue \"data set\"=\"x y\"").written()
    #expect(answer == "enqueued \"data set\"=\"x y\"\n")
    let space = try notebook.run("space").text
    #expect(space.contains("data set"))
    #expect(try notebook.json("trials[0].params[\"data set\"]") == "x y")
  }

  @Test func `the same name quoted and bare is given twice`() throws {
    let notebook = try Notebook("set progress=none", "space external\n    x in 0..3", "study new \"q\"")
    #expect(try #require(notebook.execute("enqueue x=1 \"x\"=2").failure).message.contains("given twice"))
    #expect(notebook.execute("enqueue \"\"=2").failure != nil)
  }
}
