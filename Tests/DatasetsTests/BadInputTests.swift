import Datasets
import Foundation
import Testing
import Vocabulary

/// What is wrong with data is said with its place, never crashed on.
@Suite struct BadInputTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func message(_ call: Call, _ preparation: Preparation = Preparation()) -> String {
    do {
      _ = try DataSources.dataset(call, preparation, context: LoadingContext(folder: folder.path))
      return "no error"
    } catch { return "\(error)" }
  }

  private func csv(_ text: String, _ options: [Call.Named] = [], _ preparation: Preparation = Preparation()) throws
    -> String
  {
    try text.write(to: folder.appendingPathComponent("t.csv"), atomically: true, encoding: .utf8)
    return message(Call("csv", [.init("path", .text("t.csv"))] + options), preparation)
  }

  @Test func `a missing file, a folder and an empty file`() throws {
    #expect(message(Call("csv", [.init("path", .text("none.csv"))])).contains("none.csv cannot be read"))
    #expect(message(Call("csv", [.init("path", .text("."))])).contains("is a folder"))
    #expect(message(Call("idx", [.init("folder", .text("nowhere"))])).contains("no folder"))
    #expect(try csv("").contains("is empty"))
    #expect(try csv("a,b\n").contains("no rows"))
  }

  @Test func `a bad field is named by line and column`() throws {
    #expect(try csv("a,b\n1,2\n3\n").contains("line 3: 1 field, but the header has 2"))
    #expect(try csv("a,b\n1,\"2\n3,4\n").contains("line 2: the quote that opens here is never closed"))
    #expect(try csv("a,b\n1,2\n", [.init("target", .text("c"))]).contains("no column 'c'"))
    var regression = Preparation()
    regression.task = .regression
    #expect(try csv("a,b\n1,2\n2,x\n", [], regression).contains("line 3, column 'b': 'x' is not a number"))
    #expect(try csv("a,b\n1e60,2.5\n2,3.5\n").contains("numbers beyond 3.4e38 are left out: 'a'"))
  }

  @Test func `values that are not finite are counted and placed`() {
    var examples = Examples(
      name: "bad", columns: 2, values: .floats([1, 2, .nan, 4, 5, .infinity]), targets: .numbers([1, 2, 3]))
    #expect(
      throws: DataError(
        "bad holds 2 values that are not finite; the first is nan at row 2, feature 0", hint: "remove or replace them")
    ) {
      try Dataset(examples)
    }
    examples.values = .floats([1, 2, 3, 4, 5, 6])
    examples.targets = .numbers([1, .nan, 3])
    #expect(throws: DataError.self) { try Dataset(examples) }
  }

  @Test func `labels out of range, classes without rows, a lone class`() {
    var examples = Examples(name: "bad", columns: 1, values: .floats([1, 2, 3]), targets: .classes([0, 1, 7]))
    examples.classNames = ["a", "b"]
    #expect(throws: DataError("the label 7 in row 3 of bad is none of the 2 classes")) { try Dataset(examples) }
    examples.targets = .classes([0, 1, 1])
    examples.classNames = ["a", "b", "c"]
    #expect(throws: DataError("the class 'c' of bad has no rows")) { try Dataset(examples) }
    examples.targets = .classes([0, 0, 0])
    examples.classNames = ["a"]
    #expect(throws: DataError.self) { try Dataset(examples) }
  }

  @Test func `splits that cannot be`() {
    var preparation = Preparation()
    preparation.validation = .fraction(0.9)
    preparation.test = .fraction(0.5)
    #expect(message(Call("iris"), preparation).contains("nothing is left to train on"))
    preparation = Preparation()
    preparation.validation = .count(1000)
    #expect(message(Call("iris"), preparation).contains("more than the 150 rows"))
    preparation = Preparation()
    preparation.folds = 200
    #expect(message(Call("iris"), preparation).contains("more than the 120 rows"))
    preparation.folds = 1
    #expect(message(Call("iris"), preparation).contains("at least 2"))
    preparation = Preparation()
    preparation.limit = 151
    #expect(message(Call("iris"), preparation).contains("limit=151"))
    preparation.limit = nil
    preparation.test = .fraction(1.5)
    #expect(message(Call("iris"), preparation).contains("test=1.5"))
  }

  @Test func `a constant column is noticed and does no harm`() throws {
    let examples = Examples(
      name: "flat", columns: 2, values: .floats((0..<20).flatMap { [Float(7), Float($0)] }),
      targets: .numbers((0..<20).map(Double.init)))
    let data = try Dataset(examples)
    #expect(data.notices.contains { $0.contains("constant") })
    #expect(data.scaling.deviation[0] == 1)
  }

  @Test func `a class too rare for every part is named`() throws {
    var examples = Examples(
      name: "rare", columns: 1, values: .floats((0..<41).map(Float.init)),
      targets: .classes((0..<41).map { $0 == 40 ? 2 : Int32($0 % 2) }))
    examples.classNames = ["a", "b", "rare one"]
    let notices = try Dataset(examples).notices.filter { $0.contains("rare one") }
    #expect(notices == ["the class 'rare one' has no rows to validate on"])
  }

  @Test func `damaged archives and images`() throws {
    let path = folder.appendingPathComponent("d.npz")
    for bytes in [[], [1, 2, 3], [0x50, 0x4b, 3, 4], [UInt8](repeating: 0x50, count: 200)] as [[UInt8]] {
      try Data(bytes).write(to: path)
      #expect(message(Call("npz", [.init("path", .text("d.npz"))])) != "no error")
    }
    let images = folder.appendingPathComponent("train-images-idx3-ubyte")
    let labels = folder.appendingPathComponent("train-labels-idx1-ubyte")
    try Data([0, 0, 8, 1, 0, 0, 0, 2, 0, 1]).write(to: labels)
    for (bytes, part) in [
      ([9, 9], "two zero bytes"), ([0, 0, 8, 3, 0, 0], "cut off"),
      ([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2, 1, 2, 3], "cut off or damaged"),
      ([0, 0, 10, 3, 0, 0, 0, 1], "type 0xa, which the IDX format does not have"),
      ([0x1f, 0x8b, 1, 2], "does not unpack"),
      ([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 1, 2, 3], "holds more"),
      ([0, 0, 8, 3] + [UInt8](repeating: 255, count: 12), "holds at most"),
      ([0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2], "1 train images, but 2 labels"),
    ] as [([UInt8], String)] {
      try Data(bytes).write(to: images)
      #expect(message(Call("idx", [.init("folder", .text("."))])).contains(part))
    }
  }
}
