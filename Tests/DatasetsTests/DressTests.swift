import Datasets
import Foundation
import Testing
import Vocabulary

/// Numbers, dates and rows as people write them, that one rule for all would read wrongly. The numbers are pandas' after
/// the texts were brought into plain form by hand.
@Suite struct DressTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private var context: LoadingContext { LoadingContext(folder: folder.path) }

  /// A file of one column x of the given texts in turn and a column y that counts.
  @discardableResult
  private func write(_ texts: [String], rows: Int = 60, as name: String = "t.csv") throws -> String {
    let lines = (0..<rows).map { row in "\"\(texts[row % texts.count])\",\(Double(row * 7 % 31) + 0.25)" }
    try Data(("x,y\n" + lines.joined(separator: "\n") + "\n").utf8).write(to: folder.appendingPathComponent(name))
    return name
  }

  private func column(
    _ texts: [String], rows: Int = 60, _ change: (inout ReadingOptions) -> Void = { _ in }
  ) throws -> DataColumn {
    var options = ReadingOptions()
    change(&options)
    return try DataTable.read(try write(texts, rows: rows), options: options, context: context).columns[0]
  }

  private func numbers(_ column: DataColumn) -> [Double] {
    if case .numbers(let numbers) = column.values { numbers } else { [] }
  }

  private static let nan = Double.nan

  /// Texts, whether numeric= is given, the numbers, and a part of the note.
  static let dresses: [(texts: [String], isAsked: Bool, numbers: [Double], note: String)] = [
    (["4.8M", "66.4K", "950"], false, [4_800_000, 66_400, 950], "'K' for thousands, 'M' for millions"),
    (["1.5k", "2B", "3M"], true, [1500, 2e9, 3e6], "'B' for billions"),
    (["$1.5K", "$20"], false, [1500, 20], "'K' for thousands"),
    (["5 kg", "7 kg", "9 lb"], true, [5, 7, nan], "20 rows with 'lb' taken as missing: the unit is 'kg'"),
    (["$5", "$6", "€7"], true, [5, 6, nan], "20 rows with '€' taken as missing: the unit is '$'"),
    (["5 lbs", "6 lb", "7 Lbs"], false, [5, 6, 7], "'lbs'"),
    (
      ["4.760.467", "760.467", "12.345"], false, [4_760_467, 760_467, 12_345], "points taken as marks between thousands"
    ),
    (["7.955,20", "1.234,00", "8.831"], false, [7955.2, 1234, 8831], "decimal comma"),
    (["1,234,567", "12,345"], false, [1_234_567, 12_345], "commas taken as marks between thousands"),
    (["0xce", "0x1f"], true, [nan, nan], "'0xce' is not a number"),
    (["0.125", "0,250", "0.5", "1.5"], true, [0.125, nan, 0.5, 1.5], "'0,250' is not a number"),
  ]

  @Test(arguments: dresses)
  func `numbers of mixed dress are one unit and one decimal mark`(
    texts: [String], isAsked: Bool, numbers wanted: [Double], note: String
  ) throws {
    let first = try column(texts) { if isAsked { $0.numeric = ["x"] } }
    try #require(first.kind == .number)
    for (number, wanted) in zip(numbers(first), wanted) {
      #expect(number == wanted || number.isNaN && wanted.isNaN)
    }
    #expect(first.note?.contains(note) == true, "\(first.note ?? "no note")")
    for _ in 0..<5 { #expect(try column(texts) { if isAsked { $0.numeric = ["x"] } }.note == first.note) }
  }

  @Test func `two units without a word of the user are not numbers`() throws {
    #expect(try column((0..<60).map { "\($0).5 \($0 % 2 == 0 ? "kg" : "lb")" }).kind != .number)
  }

  static let newNumbers: [(training: [String], new: [String], numbers: [Double])] = [
    (["1.234,56 €", "7,25 €"], ["1.234", "1.234 €", "1234.5", "0.125", "12,5"], [1234, 1234, 1234.5, 0.125, 12.5]),
    (["4.8M", "66.4K"], ["2M", "5", "1.5K"], [2e6, 5, 1500]),
    (["5", "7"], ["50%", "50%"], [50, 50]),
    (["5 kg", "7 kg"], ["50 lb", "50 kg"], [nan, 50]),
  ]

  @Test(arguments: newNumbers)
  func `new rows are read as the training rows were`(training: [String], new: [String], numbers wanted: [Double]) throws
  {
    let schema = try DataTable.read(try write(training), context: context).schema
    let table = try DataTable.read(try write(new, as: "new.csv"), schema: schema, context: context)
    for (number, wanted) in zip(numbers(table.columns[0]), wanted) {
      #expect(number == wanted || number.isNaN && wanted.isNaN)
    }
    let isNewUnit = new[0].hasSuffix("%") || new[0].hasSuffix("lb")
    #expect(table.notices.contains { $0.contains("training") } == isNewUnit)
  }

  /// Targets as people write them, which are not whole so that they are numbers.
  @Test(arguments: [
    ["$1,525.48", "$20.25", "$3,000.50"], ["96.2%", "5.5%", "7.25%"], ["143864,88", "12,5", "7,25"],
    ["(5.5)", "7.5", "9.25"], ["965,71 €", "1.234,56 €"], ["4989.6 km", "12.25 km"], ["−5.5", "7.25"],
    (10...37).map { $0 < 29 ? "2019-01-\($0)" : "2020-02-\($0 - 18)" }, (10...40).map { "05:\($0)" },
  ])
  func `evaluating reads the target as training did`(texts: [String]) throws {
    let call = Call("csv", [.init("path", .text(try write(texts))), .init("target", .text("x"))])
    let data = try DataSources.dataset(call, context: context)
    let encoding = try #require(data.examples.encoding)
    let measured = try encoding.examples(of: .file("t.csv"), targets: ["x"], classNames: [], context: context)
    #expect(measured.targets == data.examples.targets)
  }

  @Test(arguments: ["TBD", "-", "n.a.", "??"])
  func `new rows have the words for missing that training had`(word: String) throws {
    let texts = (0..<20).map { $0 == 7 ? word : "\($0).5" }
    let call = Call("csv", [.init("path", .text(try write(texts)))])
    let data = try DataSources.dataset(call, context: context)
    let encoding = try #require(data.examples.encoding)
    #expect(try encoding.rows(of: .file("t.csv"), context: context).gaps().map(\.missing) == [3])
  }

  // MARK: Dates

  static let day = 86400.0
  /// Texts, whether dates= is given, seconds since 1970, and a part of the note.
  static let dates: [(texts: [String], isAsked: Bool, seconds: [Double], note: String)] = [
    (["1546300800", "1546387200"], true, [17897 * day, 17898 * day], "seconds since 1970"),
    (["1546300800000", "1546387200000"], true, [17897 * day, 17898 * day], "milliseconds since 1970"),
    (["1546300800000000000", "1546387200000000000"], true, [17897 * day, 17898 * day], "nanoseconds since 1970"),
    (["2019", "1501"], true, [17897 * day, -171_299 * day], "taken as years"),
    (["20190101", "20190102"], true, [17897 * day, 17898 * day], ""),
    (["Tue Jan 01 00:00:00 2019", "Wed Jan 02 10:30:00 2019"], true, [17897 * day, 17898 * day + 37800], ""),
    (["2019-01-01", "2019-01-02", "--"], false, [17897 * day, 17898 * day, nan], "'--' taken as missing"),
    (["2019-01-01", "2019-01-02", "."], false, [17897 * day, 17898 * day, nan], "'.' taken as missing"),
    (["2019-01-01", "2019-01-02", "missing"], false, [17897 * day, 17898 * day, nan], "'missing' taken as missing"),
    (
      ["2019-01-01", "2019-01-02", "0000-00-00"], false, [17897 * day, 17898 * day, nan],
      "'0000-00-00' taken as missing"
    ),
  ]

  @Test(arguments: dates)
  func `dates are dates`(texts: [String], isAsked: Bool, seconds: [Double], note: String) throws {
    let column = try column(texts) { if isAsked { $0.dates = ["x"] } }
    try #require(column.kind == .date)
    for (number, wanted) in zip(numbers(column), seconds) {
      #expect(number == wanted || number.isNaN && wanted.isNaN)
    }
    #expect(note.isEmpty || column.note?.contains(note) == true, "\(column.note ?? "no note")")
  }

  @Test(arguments: [["43466", "43467", "43470.5"], ["Monday", "Tuesday"]])
  func `what is not a date stays what it is, and is said`(texts: [String]) throws {
    let asked = try column(texts) { $0.dates = ["x"] }
    #expect(asked.kind == (try column(texts)).kind)
    #expect(asked.note?.contains("not dates: '\(texts[0])'") == true)
  }

  @Test func `days are those of the Gregorian calendar, times are times`() throws {
    let old = try DataTable.read(try write(["1501-01-01", "1582-10-14", "0300-02-28"]), context: context)
    #expect(try old.texts(of: "x").prefix(3) == ["1501-01-01", "1582-10-14", "0300-02-28"])
    let call = Call("csv", [.init("path", .text("t.csv"))])
    func facts() throws -> ColumnFacts {
      let facts = try DataSources.dataset(call, context: context).columnFacts()
      return try #require(facts.first { $0.name == "x" })
    }
    let days = try facts()
    #expect(days.range.map { [$0.lowerBound, $0.upperBound].map(days.day) } == ["0300-02-28", "1582-10-14"])
    try write(["10:30", "23:59", "00:05"])
    let times = try facts()
    #expect(times.range.map { [$0.lowerBound, $0.upperBound].map(times.day) } == ["00:05", "23:59"])
    try write(["2019-01-01 10:30:15", "2019-01-02"])
    #expect(
      try DataTable.read("t.csv", context: context).texts(of: "x").prefix(2) == ["2019-01-01 10:30:15", "2019-01-02"])
  }

  // MARK: Marks for missing, keys, categories

  @Test(arguments: [(["99999999", "1", "2", "3", "4"], "99999999"), (["$-999", "$1", "$2", "$3", "$4"], "-999")])
  func `a mark for missing is pointed out, and what is printed works`(texts: [String], mark: String) throws {
    let column = try column(texts)
    #expect(column.note?.contains("na=[\"\(mark)\"]") == true, "\(column.note ?? "no note")")
    #expect(try self.column(texts) { $0.na = [mark] }.missing == 12)
  }

  @Test func `dates of eight digits are pointed out`() throws {
    let column = try column(["20190101", "20190102", "20191231"])
    #expect(column.kind == .number)
    #expect(column.note?.contains("dates=[x]") == true)
  }

  @Test func `a key is exact, and so are whole numbers`() throws {
    let keys = ["9007199254740993", "9007199254740995", "0001"]
    var options = ReadingOptions()
    options.id = "x"
    #expect(
      try DataTable.read(try write(keys), options: options, context: context).texts(of: "x").prefix(3) == keys[...])
  }

  @Test func `numbers that are kept have all their digits`() throws {
    let keys = (0..<60).map { "\(9_007_199_254_740_993 + 2 * $0)" }
    let data = try DataSources.dataset(
      Call("csv", [.init("path", .text(try write(keys))), .init("validation", .text("t.csv"))]), context: context)
    let table = try #require(data.examples.table)
    #expect(table.columns[0].kind == .number)
    #expect(try table.texts(of: "x") == keys + keys)
  }

  @Test func `an index without a name is left out in a table of any size`() throws {
    for rows in [2, 3, 30] {
      let text = ",a,y\n" + (0..<rows).map { "\($0),\($0 * 3 % 7),\($0).5" }.joined(separator: "\n")
      try Data(text.utf8).write(to: folder.appendingPathComponent("i.csv"))
      let table = try DataTable.read("i.csv", context: context)
      #expect(table.columns[0].role == .ignored)
      #expect(table.notices.contains { $0.contains("pandas' index") })
    }
  }

  @Test func `categories that are whole numbers are the same with a decimal point`() throws {
    var options = ReadingOptions()
    options.categorical = ["x"]
    let call = Call("csv", [.init("path", .text("t.csv")), .init("categorical", .list([.text("x")]))])
    try write(["1.0", "2.0", ""])
    let data = try DataSources.dataset(call, context: context)
    let encoding = try #require(data.examples.encoding)
    #expect(encoding.featureNames.contains("x=1"))
    func inputs(_ texts: [String]) throws -> [Float] {
      let rows = try encoding.rows(of: .file(try write(texts, as: "new.csv")), context: context)
      #expect(rows.gaps().allSatisfy { $0.unknown == 0 })
      return (0..<3).flatMap(rows.row)
    }
    #expect(try inputs(["1", "2", ""]) == inputs(["1.0", "2.0", ""]))
    #expect(
      CategoryText.whole("v1.0") == "v1" && CategoryText.whole("1.05") == "1.05" && CategoryText.whole(".0") == ".0")
    try write(["01", "1"])
    #expect(try DataTable.read("t.csv", options: options, context: context).texts(of: "x").prefix(2) == ["01", "1"])
  }

  @Test func `a column of numbers that hardly differ tells something`() throws {
    let values = (0..<60).map { 1e9 + Double($0 * 7 % 31) / 32768 }
    let column = try DataSources.dataset(
      Call("csv", [.init("path", .text(try write(values.map { "\($0)" })))]), context: context)
    #expect(column.featureCount == 1)
  }

  @Test func `numbers that no float holds are left out`() throws {
    let text = "x,z,y\n" + (0..<60).map { "\($0 + 1)e299,\($0 % 5),\($0).5" }.joined(separator: "\n")
    try Data(text.utf8).write(to: folder.appendingPathComponent("h.csv"))
    let data = try DataSources.dataset(Call("csv", [.init("path", .text("h.csv"))]), context: context)
    #expect(data.featureCount == 1)
    #expect(data.notices.contains { $0.contains("'x'") && $0.contains("3.4e38") })
  }
}
