import Drawing
import Foundation
import Testing
import Workbench

/// The plots that judge a network: right where they suit, and where they do not, the plot that does is named.
@Suite struct JudgePlotTests {
  static let ofClasses = ["roc", "precision_recall", "calibration", "errors", "confusion"]
  static let ofNumbers = ["predicted", "residuals"]
  static let ofBoth = ["mistakes", "permutation"]
  static let classes = ["data iris", "train epochs=3 name=\"flowers\""]
  static let numbers = [
    "data csv(\"FOLDER/houses.csv\", target=price)", "train epochs=3 name=\"houses\"",
  ]
  private static let houses =
    "rooms,age,town,price\n"
    + (0..<60).map { "\($0 % 7 + 1),\($0 * 13 % 50),\(["Kiel", "Bonn"][$0 % 2]),\(50 * ($0 % 7) + $0 % 5)" }
    .joined(separator: "\n") + "\n"

  private func notebook(_ cells: [String]) throws -> Notebook {
    let folder = try TemporaryFolder()
    try folder.write(Self.houses, to: "houses.csv")
    let notebook = try Notebook()
    for cell in cells { try notebook.run(cell.replacing("FOLDER", with: folder.path)) }
    return notebook
  }

  @Test(arguments: ofClasses + ofBoth) func `classes are judged`(plot: String) throws {
    let notebook = try notebook(Self.classes)
    for rows in ["", " test", " train", " \"flowers\"", " \"flowers\" test", " split=test"] {
      let picture = try #require(try notebook.run("plot \(plot)\(rows)").displays.first)
      let text = try #require(picture.plainText)
      #expect(text.contains("flowers") || text.contains("Confusion"), "\(text)")
      #expect(picture.data["image/svg+xml"] != nil && picture.data["text/html"] != nil)
    }
  }

  @Test(arguments: ofNumbers + ofBoth) func `numbers are judged`(plot: String) throws {
    let notebook = try notebook(Self.numbers)
    for rows in ["", " test", " \"houses\" train"] {
      #expect(try notebook.run("plot \(plot)\(rows)").text.contains("houses"))
    }
  }

  @Test(arguments: [(ofClasses, numbers), (ofNumbers, classes)])
  func `what does not suit names what does`(plots: [String], cells: [String]) throws {
    let notebook = try notebook(cells)
    for plot in plots {
      let failure = try #require(notebook.execute("plot \(plot)").failure, "\(plot)")
      let hint = try #require(failure.message.split(separator: "use ").last.map(String.init), "\(failure.message)")
      #expect(failure.message.contains("use plot "), "\(failure.message)")
      #expect(notebook.execute(hint).failure == nil, "\(hint)")
    }
  }

  @Test(arguments: ofClasses + ofBoth) func `missing rows name those that are there`(plot: String) throws {
    let notebook = try Notebook("data iris validation=0", "train epochs=1")
    let failure = try #require(notebook.execute("plot \(plot)").failure)
    #expect(failure.message.contains("use plot \(plot) test"), "\(failure.message)")
    try notebook.run("plot \(plot) test")
  }

  @Test func `areas are those of evaluate`() throws {
    let notebook = try Notebook("data spirals(n=300, noise=0.4, classes=2)", "train epochs=3")
    try notebook.run("evaluate validation metrics=[auc, average_precision, ece, brier]")
    for (plot, metric) in [
      ("roc", "auc"), ("precision_recall", "average_precision"), ("calibration", "ece"), ("calibration", "brier"),
    ] {
      let value = try #require(Double(try notebook.run("print evaluate.\(metric)").written().dropLast()))
      let text = try notebook.run("plot \(plot)").text
      #expect(text.contains(Number.fixed(value, decimals: 4)), "\(metric) \(value) is not in \(text)")
    }
  }

  @Test func `classes can be named`() throws {
    let notebook = try notebook(Self.classes)
    let text = try notebook.run("plot roc virginica \"setosa\" \"flowers\"").text
    #expect(text.contains("virginica") && text.contains("setosa") && !text.contains("versicolor"))
    let failure = try #require(notebook.execute("plot roc virginca").failure)
    #expect(failure.message.contains("virginica"))
  }

  @Test func `a border has two features`() throws {
    let notebook = try notebook(Self.numbers + Self.classes)
    #expect(try notebook.run("plot border \"petal length\" \"petal width\" test").text.contains("2 other inputs"))
    #expect(try notebook.run("plot border \"houses\" rooms age").text.contains("2 other inputs"))
    for wrong in ["plot border", "plot border \"petal length\"", "plot border \"petal length\" \"petal length\""] {
      let failure = try #require(notebook.execute(wrong).failure)
      #expect(failure.message.contains("two features") && failure.message.contains("sepal length"))
    }
    let failure = try #require(notebook.execute("plot border \"houses\" rooms town").failure)
    #expect(failure.message.contains("'town'"))
    try notebook.run("data moons")
    try notebook.run("train epochs=1")
    #expect(try notebook.run("plot border").text.contains("Border of"))
  }

  @Test func `images are shown as images, their columns are not shuffled`() throws {
    let notebook = try Notebook("data digits limit=300", "train epochs=1")
    for plot in ["mistakes", "weights"] {
      let svg = try #require(try notebook.run("plot \(plot)").displays.first?.data["image/svg+xml"])
      #expect("\(svg)".contains("data:image/png"), "\(plot)")
    }
    #expect(try #require(notebook.execute("plot permutation").failure).message.contains("plot mistakes"))
  }

  @Test func `activations need no data`() throws {
    let notebook = try Notebook()
    #expect(try notebook.run("plot activation relu tanh").text.contains("tanh"))
    #expect(try notebook.run("plot activation").text.contains("relu"))
    #expect(try #require(notebook.execute("plot activation relo").failure).message.contains("relu"))
  }

  @Test func `all rows of one class have no curve`() throws {
    let folder = try TemporaryFolder()
    try folder.write("a,y\n1,u\n2,v\n3,u\n4,v\n5,u\n6,v\n7,u\n8,v\n9,u\n10,v\n", to: "one.csv")
    let notebook = try Notebook(
      "data csv(\"\(folder.path)/one.csv\", target=y) validation=1 test=1", "train epochs=1")
    #expect(try notebook.run("plot roc").text.contains("nothing to draw"))
    for plot in Self.ofClasses.dropFirst() + Self.ofBoth { try notebook.run("plot \(plot)") }
  }
}
