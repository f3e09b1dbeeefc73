import Datasets
import Foundation
import Testing

/// What a message of the readers tells to type is typed: the cell runs, and the message is gone.
@Suite struct RemedyTests {
  /// A file that provokes a message, what else the cell says, and the words by which its line is found.
  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var text: String
    var inside = ""
    var outside = ""

    init(_ words: String, _ text: String, inside: String = "", outside: String = "") {
      (testDescription, self.text, self.inside, self.outside) = (words, text, inside, outside)
    }
  }

  private static func table(_ header: String, rows: Int = 60, _ row: (Int) -> String) -> String {
    ([header] + (0..<rows).map(row)).joined(separator: "\n") + "\n"
  }

  /// Every message of the readers with an option in it.
  static let cases = [
    Case("-999 appears", table("x,y") { "\($0 % 5 == 0 ? -999 : $0),\($0 * 7 % 31).25" }),
    Case("-999 appears", table("x (m),y") { "\"$\($0 % 5 == 0 ? "-999" : "\($0)")\",\($0 * 7 % 31).25" }),
    Case("look like dates", table("x,y") { "201901\(10 + $0 % 20),\($0 * 7 % 31).25" }),
    Case("look like dates", table("day of sale,y") { "201901\(10 + $0 % 20),\($0 * 7 % 31).25" }),
    Case("taken as classes", table("x,y") { "\($0),\($0 % 5)" }),
    Case("taken as numbers", table("x,y") { "\($0),\($0 % 25)" }),
    Case("header=true", table("5,1,9") { "\($0),\($0 % 7),\($0 * 3 % 11)" }),
    Case("decimal comma", table("x;z;y") { "\($0),5;\($0 % 7);\(["a", "b"][$0 % 2])" }),
    Case(
      "rare=1", table("x,y", rows: 12) { "\(["a", "b", "c", "d", "e", "f"][$0 % 6]),\($0 * 7 % 31).25" },
      outside: "rare=9"),
    Case("is too large", table("x,z,y") { "\($0 + 1)e299,\($0 % 5),\($0).5" }, inside: "numeric=[x]"),
  ]

  @Test(arguments: cases)
  func `a remedy that is printed runs`(example: Case) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appendingPathComponent("t.csv")
    try Data(example.text.utf8).write(to: file)
    func run(_ remedies: [String]) throws -> (text: String, isFine: Bool) {
      let names = Set(ReadingOptions.declared.map(\.name))
      let inside = remedies.filter { names.contains($0.prefix { $0 != "=" }.description) }
      let outside = remedies.filter { !inside.contains($0) }
      let rest = outside.isEmpty ? [example.outside] : outside
      let cell =
        "data csv(\"\(file.path)\""
        + ([example.inside].filter { remedies.isEmpty && !$0.isEmpty } + inside).map { ", \($0)" }.joined() + ") "
        + rest.joined(separator: " ")
      let answer = try Notebook().execute(cell)
      return (
        answer.text + "\n" + (answer.failure?.message ?? "") + "\n"
          + (answer.failure?.traceback.joined(separator: "\n") ?? ""), answer.failure == nil
      )
    }
    let before = try run([])
    let lines = before.text.split(separator: "\n").filter { $0.contains(example.testDescription) }
    let line = try #require(lines.first, "\(before.text)")
    let remedies = line.matches(of: /[a-z_]+=(?:"[^"]*"|\[[^\]]*\]|[a-z0-9]+)/).map { String($0.output) }
    try #require(!remedies.isEmpty, "\(line)")
    let after = try run(remedies)
    #expect(after.isFine, "\(after.text)")
    #expect(!after.text.contains(example.testDescription), "\(remedies): \(after.text)")
  }
}
