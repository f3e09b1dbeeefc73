import Datasets
import Foundation
import Testing
import Vocabulary

/// Rows that are too short or too long, lines below the table, rows of several files.
@Suite struct RowShapeTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private var context: LoadingContext { LoadingContext(folder: folder.path) }

  private func write(_ lines: [String], as name: String = "t.csv") throws {
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: folder.appendingPathComponent(name))
  }

  private static let header = "area,town,rooms,price"
  private static func row(_ number: Int) -> String {
    "\(number).5,\(["Kiel", "Ulm"][number % 2]),\(number % 5),\(number * 3 % 17).25"
  }
  private static let lines = [header] + (0..<40).map(row)

  @Test func `short rows are filled with missing values, as by pandas`() throws {
    var lines = Self.lines
    lines[9] = "8.5,Kiel"
    lines[20] = "19.5,Ulm,4"
    try write(lines)
    let table = try DataTable.read("t.csv", context: context)
    #expect(table.rows == 40)
    #expect(table.columns.map(\.missing) == [0, 0, 1, 2])
    #expect(
      table.notices == ["2 rows have fewer than 4 fields, first in line 10: the rest was taken as missing"])
    #expect(table.columns.map(\.kind) == [.number, .category, .number, .number])
  }

  @Test(arguments: ["Source: me, myself and I", "Printed on Monday", "\"a, note\"", "Source\nPrinted, today"])
  func `lines below the table are left out`(footer: String) throws {
    try write(Self.lines + [footer])
    let table = try DataTable.read("t.csv", context: context)
    #expect(table.rows == 40)
    #expect(table.columns.map(\.missing) == [0, 0, 0, 0])
    #expect(table.notices.count == 1 && table.notices[0].hasPrefix("left out at the end"))
  }

  @Test func `a last row that is short is a row`() throws {
    try write(Self.lines + ["7.5,Ulm"])
    #expect(try DataTable.read("t.csv", context: context).rows == 41)
  }

  @Test func `empty fields beyond the last are nothing, others are refused`() throws {
    var lines = Self.lines
    lines[5] += ",,"
    try write(lines)
    #expect(try DataTable.read("t.csv", context: context).rows == 40)
    lines[5] += "x"
    try write(lines)
    let error = #expect(throws: DataError.self) { try DataTable.read("t.csv", context: context) }
    #expect(error?.message.contains("line 6: 6 fields, but the header has 4") == true)
    #expect(error?.hint?.contains("quotes") == true)
  }

  @Test func `a file of which most rows are short is not a table of these columns`() throws {
    try write(["a,b,c"] + (0..<400).map { $0 < 150 ? "1,2,3" : "1,2" })
    #expect(throws: DataError.self) {
      var options = ReadingOptions()
      options.separator = ","
      _ = try DataTable.read("t.csv", options: options, context: context)
    }
  }

  // MARK: Several files

  @Test func `a row's number is that in its own file`() throws {
    try write([Self.header] + (0..<30).map(Self.row), as: "part-0.csv")
    try write([Self.header] + (30..<40).map(Self.row), as: "part-1.csv")
    try write([Self.header] + (40..<45).map(Self.row), as: "test.csv")
    let call = Call("csv", [.init("path", .text("part-*.csv")), .init("test", .text("test.csv"))])
    let data = try DataSources.dataset(call, context: context)
    #expect(data.test.map { data.examples.number(of: Int($0)) } == Array(1...5))
    #expect((0..<40).map { data.examples.number(of: $0) } == Array(1...30) + Array(1...10))
    let encoding = try #require(data.examples.encoding)
    let rows = try encoding.rows(of: .file("part-*.csv"), context: context)
    #expect(rows.table.numbers == Array(1...30) + Array(1...10))
    let measured = try encoding.examples(
      of: .file("part-*.csv"), targets: ["price"], classNames: [], context: context)
    #expect(measured.rows == 40 && measured.number(of: 30) == 1)
  }

  @Test func `a file without a header may lack the target`() throws {
    try write((0..<40).map(Self.row), as: "train.txt")
    try write(
      (0..<40).map { String(Self.row($0).dropLast(Self.row($0).split(separator: ",")[3].count + 1)) }, as: "new.txt")
    var options = ReadingOptions()
    (options.header, options.names, options.target) = (false, ["a", "b", "c", "d"], ["d"])
    let schema = try DataTable.read("train.txt", options: options, context: context).schema
    var known = schema
    known.columns.removeAll { $0.name == "d" }
    let table = try DataTable.read("new.txt", schema: known, context: context)
    #expect(table.rows == 40 && table.columns.map(\.name) == ["a", "b", "c"])
  }

  @Test func `a header in another case is named`() throws {
    try write(Self.lines)
    let call = Call("csv", [.init("path", .text("t.csv"))])
    let encoding = try #require(try DataSources.dataset(call, context: context).examples.encoding)
    try write([Self.header.uppercased()] + Self.lines.dropFirst(), as: "new.csv")
    let error = #expect(throws: DataError.self) { try encoding.rows(of: .file("new.csv"), context: context) }
    #expect(error?.hint == "did you mean 'AREA'?")
    try write(["x1,x2,x3,x4"] + Self.lines.dropFirst(), as: "new.csv")
    let other = #expect(throws: DataError.self) { try encoding.rows(of: .file("new.csv"), context: context) }
    #expect(other?.hint == "its columns: x1, x2, x3, x4")
  }

  @Test func `one line of very many numbers is one row`() throws {
    try write([(0..<20_190).map { "\(Double($0) / 8)" }.joined(separator: ",")])
    #expect(throws: Never.self) { _ = try DataTable.read("t.csv", context: context) }
  }

  // MARK: Classes and numbers

  static let targets: [(values: [String], notice: String?)] = [
    (["0", "1"], nil), (["1", "2", "3"], "3 whole numbers, taken as classes; task=regression"),
    ((0..<30).map { "\(1990 + $0)" }, "30 whole numbers, more than 20: taken as numbers; task=classification"),
    (["1.5", "2.25", "3"], nil),
    ((0..<60).map { "the house number \($0)" }, "60 different texts in 60 rows: it looks like names or free text"),
  ]

  @Test(arguments: targets)
  func `the rule of classes against numbers is said where it is not plain`(values: [String], notice: String?) throws {
    try write(["x,y"] + (0..<60).map { "\($0 * 7 % 11),\(values[$0 % values.count])" })
    let data = try DataSources.dataset(Call("csv", [.init("path", .text("t.csv"))]), context: context)
    #expect(data.notices.contains { $0.contains("the target 'y' has") } == (notice != nil))
    if let notice { #expect(data.notices.contains { $0.contains(notice) }) }
  }

  @Test func `classes without rows take one line, whatever their names are`() throws {
    try write(["x,y"] + (0..<60).map { "\($0 * 7 % 11),\"a\n\($0)\"" })
    let data = try DataSources.dataset(Call("csv", [.init("path", .text("t.csv"))]), context: context)
    let lines = data.notices.filter { $0.contains("no rows to") }
    #expect((1...2).contains(lines.count) && lines.allSatisfy { !$0.contains("\n") && $0.contains("\\n") })
  }
}
