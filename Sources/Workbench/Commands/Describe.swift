import Language

extension Command {
  package static let describe = Command(
    "describe",
    "shows the statistics of the data's columns: count, mean, deviation and quartiles, or the most frequent value",
    changesSession: false, details: "The numbers are those of pandas' describe, of the rows that have a target.",
    examples: ["describe"]
  ) { invocation, context in
    let data = try context.data(at: invocation.verb.span)
    let tables = try DescriptionReport.tables(data)
    guard !tables.isEmpty else {
      throw Diagnostic(
        "\(data.dataset.name) has images, not columns", at: invocation.verb.span, hint: "try plot data")
    }
    for table in tables { context.show(table, unless: invocation.isQuiet) }
  }
}
