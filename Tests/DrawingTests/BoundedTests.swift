import Drawing
import Testing

/// Whatever a name or a table holds, what is drawn of it has a bound, and takes time linear in it.
@Suite struct BoundedTests {
  private static let long = String(repeating: "n", count: 1_000_000)

  @Test func `names of a million characters are cut`() {
    let table = Table(
      title: Self.long, columns: [.init(Self.long, .left), .init(Self.long)], rows: [[Self.long, Self.long]],
      note: Self.long)
    #expect(table.text().utf8.count < 12_000 && table.html().utf8.count < 15_000)
  }

  @Test func `wide tables, long ones and long notes are shown in part`() {
    let wide = Table(
      columns: (0..<300_000).map { .init("c\($0)") }, rows: [(0..<300_000).map(String.init)],
      note: (0..<300_000).map(String.init).joined(separator: "\n"))
    #expect(wide.text().contains("... 299,900 more columns ...") || wide.text().contains("more lines ..."))
    #expect(wide.text().utf8.count < 20_000 && wide.html().utf8.count < 20_000)
    let long = Table(columns: [.init("c")], rows: (0..<300_000).map { ["\($0)"] })
    #expect(long.text().utf8.count < 2_000)
  }
}
