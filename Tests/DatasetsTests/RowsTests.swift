import Datasets
import Foundation
import Testing
import Vocabulary

/// Some rows of examples, and one column in another order, whatever the examples are kept as.
@Suite struct RowsTests {
  private static func examples(_ kind: String) throws -> Examples {
    switch kind {
    case "bytes":
      return Examples(
        name: "b", columns: 2, values: .bytes([1, 2, 3, 4, 5, 6], unit: 1), targets: .classes([0, 1, 0]))
    case "floats":
      return Examples(name: "f", columns: 2, values: .floats([1, 2, 3, 4, 5, 6]), targets: .numbers([1, 2, 3]))
    default:
      let file = NSTemporaryDirectory() + "rows-\(UUID().uuidString).csv"
      defer { try? FileManager.default.removeItem(atPath: file) }
      let lines = (0..<30).map { "\($0),\($0 * $0 % 17),\(Double($0) / 2)" }
      try Data(("a,b,y\n" + lines.joined(separator: "\n")).utf8).write(to: URL(fileURLWithPath: file))
      let call = Call("csv", [.init("path", .text(file)), .init("target", .text("y"))])
      return try DataSources.dataset(call).examples
    }
  }

  @Test(arguments: ["bytes", "floats", "table"]) func `rows are taken, and columns shuffled`(kind: String) throws {
    let all = try Self.examples(kind)
    let part = all.taking([2, 0])
    #expect(part.rows == 2 && part.row(0) == all.row(2) && part.row(1) == all.row(0))
    #expect(part.number(of: 0) == 3 && part.number(of: 1) == 1)
    let names = all.shuffledNames
    let order = (0..<all.rows).map { ($0 + 1) % all.rows }
    let shuffled = try all.shuffling(names[1], by: order)
    #expect(order.indices.allSatisfy { shuffled.row($0)[0] == all.row($0)[0] })
    #expect(order.indices.map { shuffled.row($0)[1] } == order.map { all.row($0)[1] })
  }
}
