import Testing
import Workbench

/// A best trial at the end of a range comes with the wider space, which can be typed and goes on in the same study.
@Suite struct EdgeAdviceTests {
  /// The block that the warning shows.
  private func typed(_ warning: String) -> String? {
    guard let start = warning.range(of: ":\nspace") else { return nil }
    let lines = warning[warning.index(start.lowerBound, offsetBy: 2)...].split(separator: "\n")
    return ([lines[0]] + lines.dropFirst().prefix { $0.hasPrefix("    ") }).joined(separator: "\n")
  }

  /// Spaces whose best is at an end: too few neurons, too small a rate.
  @Test(arguments: [
    ("neurons in 1..2\n    activation in {relu, tanh}", "neurons in 1..3"),
    ("learning_rate in log(1e-5..1e-4)\n    neurons in {4, 8}", "learning_rate in log(1e-05..0.001)"),
    ("dropout in 0.7..0.9\n    neurons in {16, 32}", "dropout in 0.5..0.9"),
    ("epochs in 1..4 step 3\n    neurons in {4, 8, 16, 32, 64}", "epochs in 1..7 step 3"),
  ])
  func `the wider space is typed`(lines: String, wider: String) throws {
    let notebook = try Notebook("data iris", "space\n    " + lines)
    let answer = try notebook.run("tune trials=14 epochs=12 sampler=qmc")
    let warning = answer.written(to: .stderr)
    let block = try #require(typed(warning), "no advice: \(answer.text) \(warning)")
    #expect(block.contains(wider), "\(block)")
    try notebook.run(block)
    #expect(try notebook.run("tune trials=1").text.contains("of 15 trials"))
  }

  @Test func `an end that nothing lies beyond is none`() throws {
    let notebook = try Notebook(
      "data iris", "space\n    dropout in 0.0..0.5 step 0.5\n    neurons in {64, 128, 256, 512, 1024}")
    let warning = try notebook.run("tune trials=10 epochs=12 sampler=grid").written(to: .stderr)
    #expect(!warning.contains("dropout="), "\(warning)")
  }
}
