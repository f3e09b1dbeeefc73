import Foundation
import Testing

/// What `data`, `describe` and `predict` say of a person's table.
@Suite struct DataAnswerTests {
  private let file: String

  init() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    file = folder.appendingPathComponent("t.csv").path
    let rows = (0..<60).map { row in
      "\(row * 3 % 7),$\(row).5,\(row % 28 + 1)/01/2024,\(row % 9 == 4 ? "" : ["a", "b"][row % 2])"
    }
    try (["row,paid,day,prediction"] + rows).joined(separator: "\n").write(
      toFile: file, atomically: true, encoding: .utf8)
  }

  @Test func `a note is said once`() throws {
    let text = try Notebook().execute("data csv(\"\(file)\")").text
    for note in ["numbers with '$'", "the day before the month"] {
      #expect(text.components(separatedBy: note).count == 2, "\(text)")
    }
  }

  @Test(arguments: ["target", "ignore", "drop", "numeric", "categorical", "dates", "id", "group", "weight"])
  func `a wrong name is pointed at where it is`(option: String) throws {
    let isList = !["target", "id", "group", "weight"].contains(option)
    let cell = "data csv(\"\(file)\", \(option == "target" ? "" : "target=paid, ")\(option)=\(isList ? "[zz]" : "zz"))"
    let failure = try #require(try Notebook().execute(cell).failure)
    #expect(failure.message.contains("has no column 'zz'"))
    let lines = failure.traceback.joined(separator: "\n").replacing(/\u{1b}\[[0-9;]*m/, with: "").split(separator: "\n")
    let caret = try #require(lines.first { $0.contains("^") && !$0.contains("data") }, "\(lines)")
    let source = try #require(lines.first { $0.contains("data csv") })
    let place = source.dropFirst(caret.prefix { $0 != "^" }.count)
    #expect(place.hasPrefix("zz") || place.hasPrefix("[zz") || place.hasPrefix("\(option)="), "\(place)")
  }

  @Test func `describe says how many rows it leaves out`() throws {
    let notebook = try Notebook("data csv(\"\(file)\")")
    #expect(notebook.execute("describe").text.contains("numbers of t.csv, without 7 rows that have no target"))
  }

  @Test func `columns that are kept have names of their own`() throws {
    let notebook = try Notebook("data csv(\"\(file)\")", "network hidden=[2]", "train epochs=1")
    let text = notebook.execute("predict csv(\"\(file)\") keep=[row, prediction, paid]").text
    let header = try #require(
      text.split(separator: "\n").first { $0.contains("prediction") && $0.contains("row.1") }, "\(text)")
    let names = header.split(separator: " ")
    #expect(Set(names).count == names.count)
    #expect(names.prefix(5) == ["row", "row.1", "prediction.1", "paid", "prediction"])
  }
}
