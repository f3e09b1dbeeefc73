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

  /// The warning after ten trials of equal value: the first of them, which is enqueued, is the best.
  private func warning(_ notebook: Notebook, _ line: String, _ edge: String) throws -> String {
    for cell in [
      "data iris", "space\n    \(line)\n    activation in {relu, tanh}", "study new \"s\"", "enqueue \(edge);",
    ] {
      try notebook.run(cell)
    }
    return try notebook.run("tune trials=10 objective=parameters \(line.hasPrefix("epochs") ? "" : "epochs=1")")
      .written(to: .stderr)
  }

  @Test(arguments: [
    ("learning_rate in log(1e-5..1e-4)", "learning_rate=1e-4", "learning_rate in log(1e-05..0.001)"),
    ("learning_rate in log(1e-2..1e-1)", "learning_rate=1e-2", "learning_rate in log(0.001..0.1)"),
    ("dropout in 0.7..0.9", "dropout=0.7", "dropout in 0.5..0.9"),
    ("dropout in 0.1..0.9", "dropout=0.9", "dropout in 0.1..0.98"),
    ("epochs in 1..4 step 3", "epochs=4", "epochs in 1..7 step 3"),
    ("batch_size in log(8..32)", "batch_size=32", "batch_size in log(8..128)"),
    ("batch_size in 8..32", "batch_size=32", "batch_size in 8..56"),
  ])
  func `the wider space is typed`(line: String, edge: String, wider: String) throws {
    let notebook = try Notebook()
    let warning = try warning(notebook, line, edge)
    let block = try #require(typed(warning), "no advice: \(warning)")
    #expect(block.contains(wider), "\(block)")
    try notebook.run(block)
    #expect(try notebook.run("tune trials=1").text.contains("of 11 trials"))
  }

  @Test(arguments: [
    ("dropout in 0.0..0.5", "dropout=0.0"), ("weight_decay in 0.0..0.1", "weight_decay=0.0"),
    ("batch_size in 1..32", "batch_size=1"), ("learning_rate in log(1e-5..1e-1)", "learning_rate=1e-3"),
  ])
  func `an end that nothing lies beyond is none`(line: String, edge: String) throws {
    let warning = try warning(Notebook(), line, edge)
    #expect(!warning.contains("edge of the space"), "\(warning)")
  }
}
