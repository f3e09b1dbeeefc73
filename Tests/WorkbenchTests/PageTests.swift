import Foundation
import NeuralNetworks
import Search
import Testing
import Vocabulary
import Workbench

/// Pages of the documentation that are made from the program. `ATTUNE_WRITE_PAGES=1 swift test --filter PageTests`
/// writes them anew; read what has changed before it is kept.
@Suite struct PageTests {
  @Test func reference() throws { try Page("Workbench/Workbench.docc/Reference.md").expect(Reference.markdown()) }

  @Test func mistakes() throws { try Page("Workbench/Workbench.docc/Mistakes.md").expect(MistakeCatalogue.markdown()) }

  /// The table of "Which sampler when" is what the samplers declare.
  @Test func samplers() throws {
    let page = Page("Workbench/Workbench.docc/Samplers.md")
    let table =
      ["| sampler | use it for | trials | learns from | models parameters |", "|---|---|---|---|---|"]
      + Samplers.all.map { entry in
        let learns =
          switch entry.use.objectives {
          case .none: "nothing"
          case .first: "the first objective"
          case .all: "every objective"
          }
        let models = entry.use.learns ? (entry.use.modelsTogether ? "together" : "one by one") : ""
        return "| `\(entry.syntax.name)` | \(entry.use.when) | \(entry.use.trials) | \(learns) | \(models) |"
      }
    let (before, after) = try page.around(marker: "| sampler |")
    try page.expect((before + table + after).joined(separator: "\n"))
  }

  private static let families: [String: [[Syntax]]] = [
    "Activations": [Activation.allCases.map(\.syntax), Output.allCases.map(\.syntax)],
    "Initializers": [Initializers.syntaxes], "Losses": [Losses.all], "Metrics": [Metrics.all.map(\.syntax)],
    "Optimizers": [Optimizers.syntaxes], "Schedules": [Schedules.syntaxes],
  ]

  /// The tables of a family's page are its declarations; what stands around them is written by hand.
  @Test(arguments: ["Activations", "Initializers", "Losses", "Metrics", "Optimizers", "Schedules"])
  func formulae(of family: String) throws {
    let tables = try #require(Self.families[family])
    let page = Page("NeuralNetworks/NeuralNetworks.docc/\(family).md")
    try page.expect(FormulaTable.replacing(in: page.kept, by: tables))
    for syntax in tables.joined() { #expect(syntax.formula != nil, "\(syntax.name) has no formula") }
  }
}

/// A family's words with their formulae and sources, as a table of markdown.
private enum FormulaTable {
  /// The page with its first tables replaced.
  static func replacing(in page: String, by tables: [[Syntax]]) throws -> String {
    var rest = tables[...]
    var lines: [String] = []
    var isInTable = false
    for line in page.components(separatedBy: "\n") {
      if line.hasPrefix("| name |"), let table = rest.popFirst() {
        isInTable = true
        lines += markdown(table)
      }
      if isInTable, line.hasPrefix("|") { continue }
      isInTable = false
      lines.append(line)
    }
    try #require(rest.isEmpty, "the page has a table too few")
    return lines.joined(separator: "\n")
  }

  private static func markdown(_ syntaxes: [Syntax]) -> [String] {
    ["| name | what it is | formula | source |", "|---|---|---|---|"]
      + syntaxes.map { syntax in
        let arguments = syntax.options.map { option in option.standard.map { "\(option.name)=\($0)" } ?? option.name }
        let call = syntax.name + (arguments.isEmpty ? "" : "(" + arguments.joined(separator: ", ") + ")")
        return
          "| `\(call)` | \(cell(syntax.summary)) | `\(cell(syntax.formula ?? ""))` | \(cell(syntax.source ?? "")) |"
      }
  }

  private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
}
