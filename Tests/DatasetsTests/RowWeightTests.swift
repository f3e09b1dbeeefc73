import Datasets
import Foundation
import Testing

/// weight= names the column of the rows' weights: checked when it is read, and part of `evaluate csv`.
@Suite struct RowWeightTests {
  private static func examples(_ weights: [String]) throws -> Examples {
    let folder = FileManager.default.temporaryDirectory.appending(path: "weights-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let rows = weights.enumerated().map { "\($0),\($1),\(Double($0 * 7 % 11) + 0.5)" }
    try ("x,w,y\n" + rows.joined(separator: "\n") + "\n").write(
      to: folder.appending(path: "w.csv"), atomically: true, encoding: .utf8)
    var options = ReadingOptions()
    (options.weight, options.target) = ("w", ["y"])
    return try DataTable.read(folder.appending(path: "w.csv").path, options: options).examples(task: nil)
  }

  @Test func `weights are those of the file`() throws {
    let said = (0..<30).map { Double($0 % 4) / 2 }
    #expect(try Self.examples(said.map { "\($0)" }).weights == said)
  }

  private static let refused: [(weights: [String], text: String)] = {
    let plain = [String](repeating: "1.5", count: 30)
    func with(_ text: String) -> [String] { plain.enumerated().map { $0.offset == 4 ? text : $0.element } }
    return [
      ([String](repeating: "a", count: 15) + [String](repeating: "b", count: 15), "are not numbers"),
      (with(""), "missing in 1 row of"),
      (with("-1.5"), "is -1.5 in line 6"),
      ([String](repeating: "0", count: 29) + ["0.0"], "is 0 in every row"),
    ]
  }()

  @Test(arguments: 0..<4)
  func `weights that cannot be are refused`(place: Int) throws {
    let (weights, text) = Self.refused[place]
    let error = #expect(throws: DataError.self) { try Self.examples(weights) }
    #expect(error?.message.contains(text) == true, "\(error?.message ?? "")")
    #expect(error?.about == "weight")
  }
}
