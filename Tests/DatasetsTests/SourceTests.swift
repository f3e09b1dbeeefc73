import Datasets
import Foundation
import Synchronization
import Testing
import Vocabulary

@Suite struct SourceTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func load(_ call: Call, _ preparation: Preparation = Preparation()) throws -> Dataset {
    try DataSources.dataset(call, preparation, context: LoadingContext(folder: folder.path))
  }

  @Test func `digits and iris are what scikit-learn has`() throws {
    let digits = try load(Call("digits")).examples
    // sklearn.datasets.load_digits().data.sum() and bincount(target); load_iris().data.sum(axis=0).
    guard case .bytes(let bytes, let unit) = digits.values, case .classes(let classes) = digits.targets else {
      Issue.record("digits are bytes and classes")
      return
    }
    #expect(unit == 1)
    #expect(bytes.reduce(0) { $0 + Int($1) } == 561_718)
    #expect((0..<10).map { k in classes.count { $0 == k } } == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180])
    let iris = try load(Call("iris")).examples
    let sums = (0..<4).map { column in (0..<150).reduce(0) { $0 + Double(iris.row($1)[column]) } }
    for (sum, expected) in zip(sums, [876.5, 458.6, 563.7, 179.9]) { #expect(abs(sum - expected) < 1e-3) }
  }

  @Test func `a table's columns become features`() throws {
    try """
    size,town,age,price
    10.5,Kiel,3,100.5
    20,"Bonn, old",,210.25
    30,Kiel,5,
    40,Bonn,7,"390"
    """.write(to: folder.appendingPathComponent("h.csv"), atomically: true, encoding: .utf8)
    var preparation = Preparation()
    (preparation.validation, preparation.test, preparation.standardize) = (.count(0), .count(0), Standardization.none)
    let data = try load(Call("csv", [.init("path", .text("h.csv")), .init("target", .text("price"))]), preparation)
    #expect(data.task == .regression)
    #expect(data.featureNames == ["size", "town=Bonn", "town=Bonn, old", "town=Kiel", "age", "age missing"])
    #expect(data.examples.targets == .numbers([100.5, 210.25, 390]))
    #expect(data.examples.row(0) == [10.5, 0, 0, 1, 3, 0])
    // The missing age is the training rows' mean of 3 and 7.
    #expect(data.examples.row(1) == [20, 0, 1, 0, 5, 1])
    #expect(data.notices.count == 2)
    let encoding = try #require(data.examples.encoding)
    try "age,town,size\n9,Paris,1\n,Bonn,2\n".write(
      to: folder.appendingPathComponent("n.csv"), atomically: true, encoding: .utf8)
    let rows = try encoding.rows(of: .file("n.csv"), context: LoadingContext(folder: folder.path))
    // Paris is unknown: the average of the training rows.
    let third = Float(1) / 3
    #expect(rows.row(0) == [1, third, third, third, 9, 0] as [Float])
    #expect(rows.row(1) == [2, 1, 0, 0, 5, 1] as [Float])
    let gaps: [EncodedTable.Gap] = [
      .init(column: "town", missing: 0, unknown: 1), .init(column: "age", missing: 1, unknown: 0, isNumber: true),
    ]
    #expect(rows.gaps() == gaps)
  }

  @Test func `the task is inferred from the target`() throws {
    func task(_ target: [String]) throws -> Task {
      let text = "a,b\n" + target.enumerated().map { "\($0.offset),\($0.element)" }.joined(separator: "\n")
      try text.write(to: folder.appendingPathComponent("t.csv"), atomically: true, encoding: .utf8)
      return try load(Call("csv", [.init("path", .text("t.csv"))])).task
    }
    #expect(try task((0..<40).map { $0 % 2 == 0 ? "yes" : "no" }) == .classification)
    #expect(try task((0..<40).map { "\($0 % 3)" }) == .classification)
    #expect(try task((0..<40).map { "\($0 * 1000)" }) == .regression)
    #expect(try task((0..<40).map { "\(Double($0) / 8)" }) == .regression)
  }

  /// Archives written by NumPy itself: Tests/References/numpy_archives.py.
  @Test(arguments: ["plain", "packed", "fortran", "images", "words"])
  func `NumPy's archives are read`(name: String) throws {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "../References/\(name).npz"
    ).path
    var preparation = Preparation()
    (preparation.validation, preparation.test) = (.count(0), .count(0))
    let data = try load(Call("npz", [.init("path", .text(path))]), preparation)
    #expect(data.examples.rows == 6)
    switch name {
    case "images":
      #expect(data.imageShape == .init(height: 2, width: 3))
      #expect(abs(data.examples.row(5)[5] - Float(35.0 / 255)) < 1e-7)
      #expect(data.classNames == ["0", "3", "4"])
    case "words":
      #expect(data.classNames == ["cat", "dog", "ünn"])
    default:
      #expect(data.task == .regression)
      #expect(data.examples.row(4) == [8, 9].map { Float($0) / 2 })
      #expect(data.examples.targets == .numbers([0, 0.25, 0.5, 0.75, 1, 1.25]))
    }
  }

  @Test func `folds share the rows among them, and each has its own standardiser`() throws {
    var preparation = Preparation()
    preparation.folds = 5
    let data = try load(Call("iris"), preparation)
    #expect(data.folds.count == 5)
    #expect(data.folds.flatMap { $0 }.sorted() == (data.training + data.validation).sorted())
    let parts = (0..<5).map { data.fold($0) }
    for part in parts {
      #expect(Set(part.training).isDisjoint(with: part.validation))
      #expect(part.classCounts(.validation).allSatisfy { $0 == 8 })
      #expect(part.test == data.test)
    }
    #expect(Set(parts.map(\.scaling.mean)).count == 5)
  }

  @Test func `standardised training rows have mean 0 and deviation 1`() throws {
    let data = try load(Call("iris"))
    var rows = data.training.flatMap { data.examples.row(Int($0)) }
    data.scaling.apply(&rows, columns: 4)
    for column in 0..<4 {
      let values = stride(from: column, to: rows.count, by: 4).map { Double(rows[$0]) }
      let mean = values.reduce(0, +) / Double(values.count)
      let square = values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
      #expect(abs(mean) < 1e-5)
      #expect(abs(square - 1) < 1e-4)
    }
  }

  @Test func `limit takes a stratified sample, and the seed draws it`() throws {
    var preparation = Preparation()
    preparation.limit = 300
    let first = try load(Call("digits"), preparation)
    #expect(first.training.count + first.validation.count + first.test.count == 300)
    #expect(first.classCounts(.train).allSatisfy { (16...20).contains($0) })
    let again = try load(Call("digits"), preparation)
    #expect(first.training == again.training)
    preparation.seed = 1
    let other = try load(Call("digits"), preparation)
    #expect(first.training != other.training)
  }

  @Test func `files are fetched once, checked, and kept only when right`() throws {
    let (there, here) = (folder.appendingPathComponent("there"), folder.appendingPathComponent("here").path)
    try FileManager.default.createDirectory(at: there, withIntermediateDirectories: true)
    try Data("abc".utf8).write(to: there.appendingPathComponent("a.gz"))
    try Data("abd".utf8).write(to: there.appendingPathComponent("b.gz"))
    // SHA-256 of "abc": FIPS 180-2, appendix B.1.
    let sum = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    let steps = Mutex<[String]>([])
    let context = LoadingContext(progress: { step, _ in steps.withLock { $0.append(step) } })
    func fetch(_ names: String...) throws {
      try MNISTFiles.fetch(from: "file://\(there.path)", to: here, files: names.map { ($0, sum) }, context)
    }
    try fetch("a.gz")
    #expect(try String(contentsOfFile: here + "/a.gz", encoding: .utf8) == "abc")
    try FileManager.default.removeItem(at: there.appendingPathComponent("a.gz"))
    try fetch("a.gz")
    let error = #expect(throws: DataError.self) { try fetch("a.gz", "b.gz") }
    #expect(error?.message.contains("b.gz") == true)
    #expect(try FileManager.default.contentsOfDirectory(atPath: here) == ["a.gz"])
    #expect(
      steps.withLock { $0 }.filter { !$0.contains(": ") } == [
        "fetching a.gz", "fetched mnist", "fetched mnist", "fetching b.gz",
      ])
  }

  @Test func `mnist is found where torchvision puts it`() throws {
    let raw = folder.appendingPathComponent("MNIST/raw")
    try FileManager.default.createDirectory(at: raw, withIntermediateDirectories: true)
    for (part, rows) in [("train", UInt8(12)), ("t10k", 4)] {
      let pixels = (0..<Int(rows) * 4).map { UInt8($0) }
      try Data([0, 0, 8, 3, 0, 0, 0, rows, 0, 0, 0, 2, 0, 0, 0, 2] + pixels).write(
        to: raw.appendingPathComponent("\(part)-images-idx3-ubyte"))
      let labels = (0..<Int(rows)).map { UInt8($0 % 10) }
      try Data([0, 0, 8, 1, 0, 0, 0, rows] + labels).write(to: raw.appendingPathComponent("\(part)-labels-idx1-ubyte"))
    }
    var preparation = Preparation()
    preparation.validation = .count(2)
    let data = try load(Call("mnist"), preparation)
    #expect(data.training.count == 10)
    #expect(data.test == [12, 13, 14, 15])
    #expect(data.imageShape == .init(height: 2, width: 2))
  }
}
