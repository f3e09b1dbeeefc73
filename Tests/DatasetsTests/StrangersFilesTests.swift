import Datasets
import Foundation
import Testing
import Vocabulary

/// Files whose numbers lie: sizes that overflow, counts without bytes, archives that unpack to gigabytes. Each is answered
/// at once with what is wrong, or read for what it is.
@Suite struct StrangersFilesTests {
  private static func path(_ name: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "../References/strangers/\(name)"
    ).path
  }

  @Test(arguments: [
    ("npz_text_width_overflow.npz", "values of type '<U9223372036854775807'"),
    ("npz_shape_product_overflow.npz", "x has an impossible size"),
    ("npz_U0_huge_count.npz", "would take 16777216 GB of memory"),
    ("npz_zip64_size_2e40.npz", "is damaged or cut off"),
    ("npz_overlapping_bomb_6GB.npz", "is damaged or cut off"),
  ])
  func `sizes are checked before they are asked for`(name: String, message: String) {
    let error = #expect(throws: DataError.self) {
      _ = try DataSources.dataset(Call("npz", [.init("path", .text(Self.path(name)))]))
    }
    #expect(error?.message.contains(message) == true, "\(String(describing: error))")
  }

  @Test func `a label of 1e30 stays what it is`() throws {
    let call = Call("npz", [.init("path", .text(Self.path("npz_label_1e30.npz")))])
    #expect(try DataSources.dataset(call).task == .regression)
    var preparation = Preparation()
    preparation.task = .classification
    let data = try DataSources.dataset(call, preparation)
    #expect(data.classNames.contains("1e+30"))
  }

  /// Labels that no double tells apart, as NumPy and pandas read them: three classes of twenty rows.
  @Test func `labels up to the largest stay what they are`() throws {
    for big in [["18446744073709551614", "18446744073709551615"], ["9223372036854775809", "9223372036854775810"]] {
      let path = NSTemporaryDirectory() + "attune-\(UUID().uuidString).csv"
      defer { try? FileManager.default.removeItem(atPath: path) }
      let names = ["1"] + big
      let rows = (0..<60).map { "\($0 % 7),\(names[$0 % 3])\n" }.joined()
      try ("a,y\n" + rows).write(toFile: path, atomically: true, encoding: .utf8)
      let data = try DataSources.dataset(Call("csv", [.init("path", .text(path)), .init("target", .text("y"))]))
      #expect(data.classNames == names)
      #expect(data.task == .classification && data.examples.targets.count == 60)
    }
    let archive = Call(
      "npz", ["x", "y"].map { .init($0, .text($0)) } + [.init("path", .text(Self.path("npz_labels_uint64.npz")))])
    #expect(try DataSources.dataset(archive).classNames == ["1", "18446744073709551614", "18446744073709551615"])
    var preparation = Preparation()
    preparation.task = .regression
    guard case .numbers(let numbers, _) = try DataSources.dataset(archive, preparation).examples.targets else { return }
    #expect(numbers.max() == 0x1p64)
  }

  @Test func `both members of a gzip file are read`() throws {
    let table = try DataTable.read(Self.path("two_gzip_members_half_read.csv.gz"))
    #expect(table.rows == 100)
    guard case .numbers(let values) = table.columns[1].values else { return }
    #expect(values == (0..<100).map { 2 * Double($0) })
  }

  @Test func `doubled quotes are one quote`() throws {
    let table = try DataTable.read(Self.path("doubled_quotes.csv"))
    #expect(table.columns.map(\.name) == ["a", "b", "c \"q\"", "t"])
    #expect(table.columns[2].missing > 0)
  }
}
