import Datasets
import Foundation
import LinearAlgebra
import Testing
import Vocabulary

/// What a table's columns become: fitted on training rows, in every split and fold.
@Suite struct TablePreparationTests {
  /// A table in memory: numbers, texts (empty: missing), and a target of numbers.
  private static func examples(
    numbers: [String: [Double]] = [:], texts: [String: [String]] = [:], target: [Double],
    kinds: [String: DataColumn.Kind] = [:]
  ) throws -> Examples {
    var columns = numbers.sorted { $0.key < $1.key }.map { name, values in
      DataColumn(
        name: name, kind: kinds[name] ?? .number, values: .numbers(values), missing: values.count { $0.isNaN })
    }
    columns += texts.sorted { $0.key < $1.key }.map { name, values in
      var dictionary: [String] = []
      let codes = values.map { text -> Int32 in
        if text.isEmpty { return -1 }
        if !dictionary.contains(text) { dictionary.append(text) }
        return Int32(dictionary.firstIndex(of: text)!)
      }
      return DataColumn(
        name: name, kind: kinds[name] ?? .category, values: .codes(codes, dictionary: dictionary),
        missing: codes.count { $0 < 0 })
    }
    var last = DataColumn(name: "y", kind: .number, values: .numbers(target), missing: 0)
    last.role = .target
    columns.append(last)
    return try DataTable(name: "table", path: "table", columns: columns, rows: target.count).examples(task: .regression)
  }

  private static func preparation(_ change: (inout Preparation) -> Void) -> Preparation {
    var preparation = Preparation()
    change(&preparation)
    return preparation
  }

  private static let y = (0..<400).map { Double($0 * 37 % 101) }

  private static func oracle(_ name: String) throws -> [String: Any] {
    let url = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../References/tables_formulae.json")
    let root = try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: [String: Any]]
    return try #require(root?[name])
  }

  // MARK: Scales

  /// pytabkit's RobustScaleSmoothClip; Tests/References/tables_formulae.py.
  @Test func `robust scaling is the reference's`() throws {
    let said = try Self.oracle("robust_scale")
    let rows = try #require(said["x"] as? [[Double]])
    let expected = try #require(said["clipped"] as? [[Double]])
    var random = RandomStream(seed: 0, "test")
    for column in 0..<3 {
      let values = rows.map { $0[column] }
      let scale = NumberScale.fitted(.robust, to: values, random: &random)
      for (row, value) in values.enumerated() { #expect(abs(scale(value) - expected[row][column]) < 1e-6) }
    }
  }

  /// The quantile transform of TabM's reference without noise.
  @Test func `quantile scaling is the reference's`() throws {
    let said = try Self.oracle("quantile_normal")
    let levels = NumberScale.levels(of: try #require(said["train"] as? [Double]))
    let quantiles = try #require(said["quantiles"] as? [Double])
    #expect(levels.count == quantiles.count)
    for (level, quantile) in zip(levels, quantiles) { #expect(abs(level - quantile) < 1e-8) }
    let scale = NumberScale.quantile(levels: levels, tolerance: 1e-7)
    for (x, expected) in zip(try #require(said["x"] as? [Double]), try #require(said["out"] as? [Double])) {
      #expect(abs(scale(x) - expected) < 1e-6, "\(x)")
    }
  }

  @Test func `values that repeat stand in the middle of their share`() {
    let values = (0..<1000).map { $0 < 400 ? 100 : 100 + Double($0) }
    var random = RandomStream(seed: 0, "test")
    // The middle of the lowest 40 %: the quantile of 0.2 is -0.84.
    #expect(abs(NumberScale.fitted(.quantile, to: values, random: &random)(100) + 0.84) < 0.1)
  }

  @Test func `numbers far from 0 are scaled in double precision`() throws {
    let data = try Dataset(
      Self.examples(numbers: ["t": (0..<400).map { 1_700_000_000 + Double($0) }], target: Self.y))
    let inputs = (0..<400).map { data.examples.row($0)[0] }
    #expect(zip(inputs, inputs.dropFirst()).allSatisfy { $1 - $0 > 0.005 && $1 - $0 < 0.02 })
  }

  // MARK: Texts

  @Test func `rare texts go together, and what has no input counts as the average`() throws {
    let texts = (0..<400).map { $0 % 2 == 0 ? "a" : $0 % 20 == 1 ? "rare\($0)" : "b" }
    let data = try Dataset(
      Self.examples(texts: ["s": texts], target: Self.y), Self.preparation { $0.validation = .count(0) })
    #expect(data.featureNames == ["s=a", "s=b", "s other"])
    let encoding = try #require(data.examples.encoding)
    let new = try Self.examples(texts: ["s": ["a", "never", "", "b"]], target: [0, 0, 0, 0]).encoded(by: encoding)
    #expect(new.row(0) == [1, 0, 0])
    #expect(new.row(1) == [0, 0, 1])
    // A missing text has no input of its own: training had none.
    #expect(new.row(2) == [0, 0, 1])
    // One rare row is too few for an input: it is the average of the others.
    let single = (0..<400).map { $0 == 0 ? "rare" : "common" } + ["x"]
    let lonely = try Dataset(
      Self.examples(
        texts: ["s": single.dropLast().enumerated().map { $0.offset % 3 == 0 ? $0.element : "b" }], target: Self.y),
      Self.preparation { $0.rare = 10 })
    let row = try Self.examples(texts: ["s": ["never"]], target: [0]).encoded(by: #require(lonely.examples.encoding))
      .row(0)
    #expect(lonely.featureNames == ["s=b", "s=common"])
    #expect(abs(row[0] + row[1] - 1) < 1e-6 && row[0] > row[1] && row[1] > 0.2)
  }

  @Test(arguments: [1, 10, 60]) func `rare= says how few rows are rare`(rare: Int) throws {
    let texts = (0..<400).map { ["a", "a", "a", "a", "a", "b", "b", "c"][$0 % 8] }
    let data = try Dataset(Self.examples(texts: ["s": texts], target: Self.y), Self.preparation { $0.rare = rare })
    // About 150, 60 and 30 of the 240 training rows.
    #expect(data.featureNames.contains("s=c") == (rare < 30))
  }

  @Test func `texts of validation and test rows alone are unknown`() throws {
    var data = try Dataset(Self.examples(texts: ["s": (0..<400).map { $0 % 2 == 0 ? "a" : "b" }], target: Self.y))
    var texts = (0..<400).map { $0 % 2 == 0 ? "a" : "b" }
    for row in data.validation { texts[Int(row)] = "new" }
    data = try Dataset(Self.examples(texts: ["s": texts], target: Self.y))
    #expect(data.featureNames == ["s=a", "s=b"])
    let row = data.examples.row(Int(data.validation[0]))
    #expect(row.allSatisfy { $0 > 0.4 && $0 < 0.6 })
  }

  @Test func `a column of many texts takes no memory for each`() throws {
    let rows = 20_000
    let codes = (0..<Int32(rows)).map { $0 / 2 }
    var columns = [
      DataColumn(
        name: "customer", kind: .category, values: .codes(codes, dictionary: (0..<(rows / 2)).map { "c\($0)" }),
        missing: 0),
      DataColumn(name: "x", kind: .number, values: .numbers((0..<rows).map { Double($0 % 7) }), missing: 0),
      DataColumn(name: "y", kind: .number, values: .numbers((0..<rows).map { Double($0 % 5) }), missing: 0),
    ]
    columns[2].role = .target
    let table = DataTable(name: "orders", path: "orders", columns: columns, rows: rows)
    let data = try Dataset(table.examples(task: .regression))
    #expect(data.featureNames == ["x"])
    #expect(data.memory < 1_000_000)
    #expect(data.notices.contains { $0.contains("'customer' tells nothing") })
  }

  // MARK: Gaps, dates, folds

  @Test func `gaps are filled by training rows, with an input where training had some`() throws {
    var numbers = (0..<400).map { Double($0 % 10) }
    for row in stride(from: 0, to: 400, by: 8) { numbers[row] = .nan }
    let data = try Dataset(
      Self.examples(numbers: ["a": numbers, "b": (0..<400).map { Double($0 % 9) }], target: Self.y))
    #expect(data.featureNames == ["a", "a missing", "b"])
    #expect(data.examples.row(0).prefix(2) == [0, 1])
    let encoding = try #require(data.examples.encoding)
    let new = try Self.examples(numbers: ["a": [1], "b": [.nan]], target: [0]).encoded(by: encoding)
    #expect(new.row(0)[2] == 0)
    guard case .number(let input) = encoding.columns[1] else { return #expect(Bool(false)) }
    let mean = data.training.reduce(0) { $0 + Double(Int($1) % 9) } / Double(data.training.count)
    #expect(abs(input.mean - mean) < 1e-12)
  }

  /// Of 2024-02-29 13:30, a Thursday, by a calendar.
  @Test func `a date becomes its parts`() {
    let seconds = 1_709_213_400.0
    let expected: [DateInput.Kind: Double] = [.year: 2024, .month: 1, .weekday: 3, .hour: 13.5, .day: 19782.5625]
    for (kind, value) in expected { #expect(abs(DateInput.Part.number(kind, seconds) - value) < 1e-9, "\(kind)") }
    #expect(DateInput.Part.number(.year, -1) == 1969)
    #expect(DateInput.Part.number(.month, -1) == 11)
  }

  @Test func `each fold fits its own`() throws {
    let texts = (0..<400).map { ["a", "b", "c"][$0 % 3] }
    let data = try Dataset(
      Self.examples(numbers: ["x": (0..<400).map { Double($0 * $0 % 977) }], texts: ["s": texts], target: Self.y),
      Self.preparation { $0.folds = 5 })
    let means = (0..<5).map { fold -> Double in
      guard case .number(let input)? = data.fold(fold).examples.encoding?.columns.first else { return .nan }
      return input.mean
    }
    #expect(Set(means).count == 5)
    for fold in 0..<5 {
      let rows = data.fold(fold).training
      let mean = rows.reduce(0) { $0 + Double(Int($1) * Int($1) % 977) } / Double(rows.count)
      #expect(abs(means[fold] - mean) < 1e-9)
      #expect(data.fold(fold).targetScaling.mean[0] != data.targetScaling.mean[0] || fold == 0)
    }
  }

  // MARK: Parts

  @Test func `a column splits the rows`() throws {
    let groups = (0..<400).map { "g\($0 / 8)" }
    let words = (0..<400).map { ["train", "train", "Valid", "test"][$0 % 4] }
    let examples = try Self.examples(
      numbers: ["t": (0..<400).map { Double($0 * 7 % 400) }, "x": Self.y], texts: ["g": groups, "part": words],
      target: Self.y)
    func split(_ name: String, _ column: String, folds: Int? = nil) throws -> Dataset {
      try Dataset(
        examples,
        Self.preparation {
          $0.split = Call(name, [.init("column", .text(column))])
          $0.folds = folds
        })
    }
    let time = try split("time", "t")
    func times(_ rows: [Int32]) -> [Int] { rows.map { Int($0) * 7 % 400 } }
    #expect(times(time.training).max()! < times(time.validation).min()!)
    #expect(times(time.validation).max()! < times(time.test).min()!)
    #expect(time.test.count == 80 && time.validation.count == 80)
    for data in [try split("group", "g"), try split("group", "g", folds: 4)] {
      let parts = [data.training, data.validation, data.test].map { Set($0.map { $0 / 8 }) }
      #expect(parts[0].isDisjoint(with: parts[1]) && parts[0].isDisjoint(with: parts[2]))
      #expect(parts[1].isDisjoint(with: parts[2]) && parts.allSatisfy { !$0.isEmpty })
      #expect(data.examples.encoding?.columns.contains { $0.name == "g" } == false)
    }
    let said = try split("column", "part")
    #expect(said.validation.allSatisfy { $0 % 4 == 2 } && said.validation.count == 100)
    #expect(said.test.allSatisfy { $0 % 4 == 3 } && said.training.count == 200)
    #expect(throws: DataError.self) { try split("column", "g") }
    #expect(throws: DataError.self) { try split("time", "g") }
  }

  @Test func `files of their own are parts, and names with a star are several files`() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func write(_ name: String, _ rows: Range<Int>) throws {
      let lines = rows.map { "\($0).5,\(["Kiel", "Bonn"][$0 % 2]),\($0 * 2).25" }
      try ("x,town,y\n" + lines.joined(separator: "\n") + "\n").write(
        to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }
    try write("a-1.csv", 0..<30)
    try write("a-2.csv", 30..<70)
    try write("v.csv", 70..<80)
    try write("t.csv", 80..<95)
    let call = Call(
      "csv",
      [
        .init("path", .text("a-*.csv")), .init("target", .text("y")), .init("validation", .text("v.csv")),
        .init("test", .text("t.csv")),
      ])
    let data = try DataSources.dataset(call, context: LoadingContext(folder: folder.path))
    #expect(data.training == (0..<70).map { Int32($0) })
    #expect(data.validation == (70..<80).map { Int32($0) })
    #expect(data.test == (80..<95).map { Int32($0) })
    let one = Call("csv", [.init("path", .text("a-1.csv")), .init("target", .list([.text("x"), .text("y")]))])
    let both = try DataSources.dataset(one, context: LoadingContext(folder: folder.path))
    #expect(both.examples.targetNames == ["x", "y"] && both.targetWidth == 2)
  }
}
