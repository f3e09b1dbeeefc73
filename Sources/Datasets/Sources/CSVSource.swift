import Vocabulary

private let csvSyntax = Syntax(
  "csv", "a table with a header; text columns become one-hot, missing numbers the training mean",
  options: [
    Option("path", .path, required: true, "the file, plain or .gz"),
    Option("target", .name(.column), defaultText: "the last column", "the column to be predicted"),
    Option("drop", .list(of: .text), default: .list([]), "columns to leave out"),
    Option(
      "separator", .text, defaultText: "comma, semicolon or tab, as the header has it", "what stands between fields"),
  ], example: "data csv(\"houses.csv\", target=\"price\")")

extension DataSource {
  static let csv = DataSource(csvSyntax) { call, context in
    let path = FileBytes.resolve(call.text("path", csvSyntax) ?? "", in: context.folder)
    let texts = try CSVTable(path: path, separator: try separator(call))
    if context.isCancelled() { throw LoadingCancelled() }
    let target = call.text("target", csvSyntax) ?? texts.header.last!
    let drop: [String] =
      if case .list(let values)? = call["drop"] {
        values.compactMap { if case .text(let name) = $0 { name } else { nil } }
      } else { [] }
    var table = try DataTable(texts, target: target, isCancelled: context.isCancelled)
    for name in drop { table.columns[try table.column(name)].role = .ignored }
    return try table.examples(task: context.task)
  }

  private static func separator(_ call: Call) throws -> Character? {
    guard let text = call.text("separator", csvSyntax) else { return nil }
    let named = text == "tab" || text == "\\t" ? "\t" : text
    guard named.count == 1, named.first!.isASCII else {
      throw DataError("separator=\"\(text)\" is not one ASCII character", about: "separator")
    }
    return named.first
  }
}
