import Foundation
import Testing

/// A cell as the language's guide shows it, and the cells that a person would have typed before.
struct PageCell: Sendable, CustomTestStringConvertible {
  let source: String
  var after: [String] = []
  /// Text that must stand somewhere in what the cell shows.
  var shows: String?

  init(_ source: String, after: [String] = [], shows: String? = nil) {
    (self.source, self.after, self.shows) = (source, after, shows)
  }

  var testDescription: String { source }

  /// Runs it; `FOLDER` in a cell is a folder that holds the files the page speaks of.
  func check(in folder: PageFolder) throws {
    let notebook = try Notebook("set progress=none")
    for cell in after { try notebook.run(folder.placed(cell)) }
    let answer = try notebook.run(folder.placed(source))
    if let shows { #expect(answer.text.contains(shows), "\(answer.text)") }
  }
}

extension PageCell {
  static let iris = ["data iris"]
  static let trained = iris + ["train epochs=2 name=\"deep\"", "train epochs=2 name=\"wide\""]
  static let space = """
    space
        layers        in 1..2
        neurons       in {4, 8, 16}
        learning_rate in log(1e-3..1e-1)
    """
  static let studied = iris + [space, "tune trials=6 sampler=random epochs=2 parallel=2"]
  /// A study of a program of one's own with trials 0 to 8 running.
  static let external =
    ["space external\n    learning_rate in log(1e-5..1)\n    layers in 1..4", "study new \"mine\" sampler=tpe seed=1"]
    + [String](repeating: "ask;", count: 9)
}

/// The files that the page's cells name.
struct PageFolder {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    var houses = "area,rooms,town,price\n"
    for row in 0..<60 { houses += "\(40 + row * 3),\(1 + row % 5),\(["Ulm", "Bonn"][row % 2]),\(100 + row * 7 % 90)\n" }
    try folder.write(houses, to: "houses.csv")
    var flowers = "sepal_length,sepal_width,petal_length,petal_width\n"
    for row in 0..<5 { flowers += "\(5 + row).1,3.5,1.4,0.2\n" }
    try folder.write(flowers, to: "new.csv")
    try Foundation.Data(base64Encoded: Self.archive)!.write(to: URL(fileURLWithPath: folder.path + "/set.npz"))
  }

  func placed(_ cell: String) -> String { cell.replacing("FOLDER", with: folder.path) }

  /// `numpy.savez_compressed` of x (40 rows of 3 floats) and y (the first feature's sign as int64).
  private static let archive = """
    UEsDBC0AAAAIAAAAIQCry3XW//////////8FABQAeC5ucHkBABAAYAIAAAAAAAAwAQAAAAAAAJ1QMU7EMBA0LaKjoksXkFIg+SrEZa+iCoiGggpFXFYU\
    iEMJokFI9wA6quQBfODqxHmA8wA+wDvYsTc8AEuW17O7M7P7eXVzeX27Z17NW7qumvs6PUvSc16kWZLypn6py6e7Tb2ugF+Uj00lePNQPlfyP16cZok9\
    yZL35L9nf/J+Kbfv2iNCbIxx8ubMX8TMZK11EjvJO8kZaw/HyRdD17YOOdRLPKDHmC04emt3oS/ycOCNPOwif4FavAOuYAQM9drXy5+MGQna+qKGRCuH\
    HjDpWzH/aM4DB/9WOEIfMOWk2a/8g/eu/Sb1nqv/wBP3cDCqZ8JMmF11nM6BXpwVfCMP3sl/zLsKPOo5aM0aqIs+Ct1X7I/cO/gnxZWP/3TBGffvZ82l\
    7irMCC3d/bwr+gVQSwMELQAAAAgAAAAhAB37FtH//////////wUAFAB5Lm5weQEAEADAAQAAAAAAAGAAAAAAAAAAm+wX6hsQychQxlCtnpJanFykbqWg\
    bpNpoa6joJ6WX1RSlJgXn1+UkgoSd0vMKU4FihdnJBakAvkaJgY6mjoKtQrkAy5GBghAp3EBYtWji+NST6x+QuYSAqTag0sdOg0AUEsBAi0DLQAAAAgA\
    AAAhAKvLddYwAQAAYAIAAAUAAAAAAAAAAAAAAIABAAAAAHgubnB5UEsBAi0DLQAAAAgAAAAhAB37FtFgAAAAwAEAAAUAAAAAAAAAAAAAAIABZwEAAHku\
    bnB5UEsFBgAAAAACAAIAZgAAAP4BAAAAAA==
    """
}
