import Datasets
import Foundation
import Synchronization
import Testing

/// One table of numbers and words in the many dresses that people's files have: every one gives the same columns.
@Suite struct TableReadingTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func read(_ text: String, _ change: (inout ReadingOptions) -> Void = { _ in }) throws -> DataTable {
    try read(Data(text.utf8), change)
  }

  private func read(_ data: Data, _ change: (inout ReadingOptions) -> Void = { _ in }) throws -> DataTable {
    try data.write(to: folder.appendingPathComponent("t.csv"))
    var options = ReadingOptions()
    change(&options)
    return try DataTable.read("t.csv", options: options, context: LoadingContext(folder: folder.path))
  }

  private static let areas = (0..<40).map { 40.5 + 3 * Double($0) }
  private static let towns = (0..<40).map { ["Kiel", "Bonn", "Ulm"][$0 % 3] }
  private static let prices = (0..<40).map { 1234.25 + 17 * Double($0) }

  private static func table(
    separator: String = ",", above: String = "", header: [String]? = ["area", "town", "price"], end: String = "\n",
    _ area: (Double) -> String = { "\($0)" }, _ price: (Double) -> String = { "\($0)" }
  ) -> String {
    let rows = areas.indices.map { [area(areas[$0]), towns[$0], price(prices[$0])].joined(separator: separator) }
    return above + ((header.map { [$0.joined(separator: separator)] } ?? []) + rows).joined(separator: end) + end
  }

  private static func comma(_ number: Double) -> String { "\(number)".replacing(".", with: ",") }

  /// 1234.25 as 1,234.25.
  private static func grouped(_ number: Double) -> String {
    let text = "\(number)"
    let whole = text.prefix { $0 != "." }
    return whole.count > 3 ? whole.dropLast(3) + "," + text.dropFirst(whole.count - 3) : text
  }

  static let dresses: [(name: String, text: String)] = [
    ("plain", table()),
    ("semicolons", table(separator: ";")),
    ("tabs", table(separator: "\t")),
    ("bars", table(separator: "|")),
    ("a comma and a blank", table(separator: ", ")),
    ("blanks", table(separator: "   ")),
    ("Windows' line ends", table(end: "\r\n")),
    ("old Mac line ends", table(end: "\r")),
    ("a byte order mark", table(above: "\u{feff}")),
    ("German", table(separator: ";", comma, comma)),
    ("quoted decimal commas", table({ "\"\(comma($0))\"" })),
    ("dollars", table({ "$\($0)" })),
    ("kilograms", table({ "\($0) kg" })),
    ("per cent", table({ "\($0)%" })),
    ("groups of thousands", table({ "\($0)" }, { "\"\(grouped($0))\"" })),
    ("a title", table(above: "Prices of 2024\n\n")),
    ("comments", table(above: "# made by hand\n# in 2024\n")),
    ("sep=", table(separator: ";", above: "sep=;\n")),
    ("units", table().replacing("price\n", with: "price\nm2,,EUR\n")),
    ("no header", table(header: nil)),
    ("a comma at each end", table(end: ",\n")),
    ("quotes", table({ "\"\($0)\"" }, { "\"\($0)\"" })),
  ]

  @Test(arguments: dresses)
  func `a table is the same in every dress`(name: String, text: String) throws {
    let table = try read(text)
    try #require(table.rows == 40)
    try #require(table.columns.count == 3)
    #expect(table.columns.map(\.kind) == [.number, .category, .number])
    guard case .numbers(let areas) = table.columns[0].values, case .numbers(let prices) = table.columns[2].values,
      case .codes(let codes, let dictionary) = table.columns[1].values
    else {
      Issue.record("numbers, words, numbers")
      return
    }
    #expect(areas == Self.areas)
    #expect(prices == Self.prices)
    #expect(codes.map { dictionary[Int($0)] } == Self.towns)
    if name != "no header" { #expect(table.columns.map(\.name) == ["area", "town", "price"]) }
  }

  @Test func `other encodings are read`() throws {
    let text = Self.table().replacing("Kiel", with: "Köln")
    for data in [text.data(using: .utf16), text.data(using: .isoLatin1), text.data(using: .utf8)] {
      let table = try read(try #require(data))
      guard case .codes(_, let dictionary) = table.columns[1].values else {
        Issue.record("words")
        return
      }
      #expect(dictionary == ["Köln", "Bonn", "Ulm"])
    }
    let table = try read(try #require(text.data(using: .isoLatin1))) { $0.encoding = "latin1" }
    #expect(table.notices.isEmpty)
  }

  @Test(arguments: ["", "NA", "#N/A", "\\N", "NaN", "null", "None", "n/a", "-", "..", "?", "N/A", "nan", "<NA>", "NaT"])
  func `words for missing are missing among numbers`(word: String) throws {
    var lines = Self.table().split(separator: "\n").map(String.init)
    for row in [3, 7, 9] { lines[row] = word + "," + lines[row].split(separator: ",")[1...].joined(separator: ",") }
    let table = try read(lines.joined(separator: "\n"))
    #expect(table.columns[0].kind == .number)
    #expect(table.columns[0].missing == 3)
    #expect(table.columns[0].isMissing(2))
  }

  @Test(arguments: [
    ("2024-03-04", 1_709_510_400.0), ("2024-03-04T05:06:07", 1_709_528_767), ("2024-03-04 05:06", 1_709_528_760),
    ("2024-03-04T05:06:07+01:00", 1_709_525_167), ("2024/03/04", 1_709_510_400), ("04.03.2024", 1_709_510_400),
    ("04-Mar-2024", 1_709_510_400), ("March 4, 2024", 1_709_510_400), ("4 Mar 2024", 1_709_510_400),
    ("Mon, 4 Mar 2024 05:06:07 GMT", 1_709_528_767), ("3/4/2024 5:06 AM", 1_709_528_760),
  ])
  func `dates are seconds since 1970`(text: String, seconds: Double) throws {
    // Python: datetime.datetime(2024, 3, 4, ..., tzinfo=utc).timestamp().
    let rows = (0..<30).map { "\($0 * $0),\"\(text)\",\($0 % 7 + 10).5" }.joined(separator: "\n")
    let table = try read("a,when,y\n" + rows)
    #expect(table.columns[1].kind == .date)
    guard case .numbers(let values) = table.columns[1].values else { return }
    #expect(values.allSatisfy { $0 == seconds })
  }

  @Test func `what is not for a network is named`() throws {
    let rows = (0..<60).map {
      "\($0),\($0 * 7),Person \($0),\(["Yes", "no", "NO"][$0 % 3]),1,\($0 % 10 == 0 ? -999 : $0 % 9)"
    }
    let table = try read(",id,name (full),yes,one,c\n" + rows.joined(separator: "\n"))
    #expect(table.columns.map(\.kind) == [.identifier, .identifier, .identifier, .boolean, .constant, .number])
    #expect(table.columns[0].role == .ignored)
    #expect(table.notices.contains { $0.contains("pandas' index") })
    #expect(table.notices.contains { $0.contains("-999 appears 6 times") && $0.contains("na=[\"-999\"]") })
    let again = try read(",id,name (full),yes,one,c\n" + rows.joined(separator: "\n")) { $0.na = ["-999"] }
    #expect(again.columns[5].missing == 6)
  }

  @Test func `addresses of files are read, others are named`() throws {
    try Self.table().write(to: folder.appendingPathComponent("a b.csv"), atomically: true, encoding: .utf8)
    #expect(try DataTable.read("file://\(folder.path)/a%20b.csv").rows == 40)
    let error = #expect(throws: DataError.self) { _ = try DataTable.read("s3://127.0.0.1/t.csv") }
    #expect(error?.message.contains("an address that is not read") == true)
  }

  @Test func `an address that does not answer is said, and a study has none fetched`() throws {
    let error = #expect(throws: DataError.self) { _ = try DataTable.read("http://127.0.0.1:1/t.csv") }
    #expect(error?.message.contains("could not be fetched") == true)
    var context = LoadingContext()
    context.mayFetch = false
    let refusal = #expect(throws: DataError.self) {
      _ = try DataTable.read("http://127.0.0.1:1/t.csv", context: context)
    }
    #expect(refusal?.message.contains("not fetched for a study") == true)
    var stopped = LoadingContext()
    stopped.isCancelled = { true }
    #expect(throws: LoadingCancelled.self) { _ = try DataTable.read("http://127.0.0.1:1/t.csv", context: stopped) }
  }

  @Test func `a pipe that nobody writes can be stopped`() throws {
    let path = folder.appendingPathComponent("pipe").path
    try #require(mkfifo(path, 0o600) == 0)
    // Asked to stop at the third look: the reading looks again and again without a writer.
    let looks = Mutex(0)
    let context = LoadingContext(isCancelled: {
      looks.withLock {
        $0 += 1
        return $0 > 2
      }
    })
    #expect(throws: LoadingCancelled.self) { _ = try DataTable.read(path, context: context) }
  }

  @Test func `a slip among numbers is named by line`() throws {
    let numbers = (0..<30).map { "\($0 * $0),\(Double($0) + 0.5)" }.joined(separator: "\n")
    let table = try read("a,b\n\(numbers)\nx9,1.5")
    #expect(table.columns[0].missing == 1)
    #expect(table.notices.contains { $0.contains("'a': line 32: 'x9' is not a number") })
  }

  @Test func `numbers are strtod's to the last bit`() {
    var state: UInt64 = 88_172_645_463_325_252
    func random(_ bound: UInt64) -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state % bound
    }
    for _ in 0..<200_000 {
      var text = random(2) == 0 ? "-" : ""
      for _ in 0...random(20) { text += "\(random(10))" }
      if random(3) > 0 { text += "." + (0...random(20)).map { _ in "\(random(10))" }.joined() }
      if random(3) == 0 { text += "e\(Int(random(80)) - 40)" }
      #expect(NumberBytes.number(text)?.bitPattern == strtod(text, nil).bitPattern, "\(text)")
    }
    for text in ["", "-", ".", "e5", "1e", "0x10", "1 2", "inf", "nan", "1.2.3"] {
      #expect(NumberBytes.number(text) == nil)
    }
  }

  @Test(arguments: ["bz2", "xz", "zst", "gz", "zip", "tar.gz"])
  func `packed files are read to their end`(ending: String) throws {
    let text = Self.table()
    try text.write(to: folder.appendingPathComponent("t.csv"), atomically: true, encoding: .utf8)
    let commands = [
      "bz2": "bzip2 -k t.csv", "xz": "xz -k t.csv", "zst": "zstd -q t.csv", "tar.gz": "tar czf t.csv.tar.gz t.csv",
      "gz": "head -n 20 t.csv | gzip > t.csv.gz; tail -n +21 t.csv | gzip >> t.csv.gz",
      "zip": "python3 -c 'import zipfile; zipfile.ZipFile(\"t.csv.zip\", \"w\", 8).write(\"t.csv\")'",
    ]
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "cd '\(folder.path)' && \(commands[ending] ?? "false")"]
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    let table = try DataTable.read("t.csv.\(ending)", context: LoadingContext(folder: folder.path))
    #expect(table.rows == 40)
    guard case .numbers(let prices) = table.columns[2].values else { return }
    #expect(prices == Self.prices)
  }
}
