import Datasets
import Foundation
import Testing
import Vocabulary

/// Arrays in the forms that other programs write: IDX files of every element type and name, archives with parts of their own.
@Suite struct ArrayFormTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func write(_ bytes: [UInt8], _ name: String) throws {
    try Data(bytes).write(to: folder.appendingPathComponent(name))
  }

  /// An IDX file: the type, sizes and values, all big-endian.
  private static func idx(_ type: UInt8, _ sizes: [Int], _ values: [[UInt8]]) -> [UInt8] {
    [0, 0, type, UInt8(sizes.count)] + sizes.flatMap { big(Int32($0)) } + values.flatMap { $0 }
  }

  private static func big(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.bigEndian) { Array($0) }
  }

  /// The numbers -3 to 8 in each type that the format has; Python: struct.pack(">h", -3) and so on.
  private static let elements: [(UInt8, @Sendable (Int) -> [UInt8])] = [
    (0x09, { big(Int8($0)) }), (0x0b, { big(Int16($0)) }), (0x0c, { big(Int32($0)) }),
    (0x0d, { big(Float($0).bitPattern) }), (0x0e, { big(Double($0).bitPattern) }),
  ]

  private func images(_ name: String = "train", labels: [UInt8] = [5, 7, 7]) throws {
    try write(Self.idx(0x08, [3, 2, 2], (0..<12).map { [$0] }), "\(name)-images-idx3-ubyte")
    try write(Self.idx(0x08, [3], labels.map { [$0] }), "\(name)-labels-idx1-ubyte")
  }

  private func examples(_ call: Call) throws -> Examples {
    try #require(DataSources.all.first { $0.syntax.name == call.name }).load(
      call, LoadingContext(folder: folder.path))
  }

  private var idxCall: Call { Call("idx", [.init("folder", .text(folder.path))]) }

  @Test(arguments: elements.indices) func `every element type of an IDX file is read`(place: Int) throws {
    let (type, bytes) = Self.elements[place]
    try images()
    try write(Self.idx(type, [3, 2, 2], (-3..<9).map(bytes)), "train-images-idx3-ubyte")
    let found = try examples(idxCall)
    #expect(found.row(0) == [-3, -2, -1, 0] && found.row(2) == [5, 6, 7, 8])
    try write(Self.idx(type, [3], [5, 7, 7].map(bytes)), "train-labels-idx1-ubyte")
    #expect(try examples(idxCall).classNames == ["5", "7"])
  }

  @Test func `QMNIST's labels are the first of eight numbers`() throws {
    try images("qmnist-train")
    try FileManager.default.removeItem(at: folder.appendingPathComponent("qmnist-train-labels-idx1-ubyte"))
    let rows = [5, 7, 5].flatMap { [$0, 1, 2, 3, 4, 5, 6, 9].map { Self.big(Int32($0)) } }
    try write(Self.idx(0x0c, [3, 8], rows), "qmnist-train-labels-idx2-int")
    let found = try examples(idxCall)
    #expect(found.targets == .classes([0, 1, 0]))
    #expect(found.classNames == ["5", "7"])
  }

  @Test func `names before train and test are found, and several sets are told apart`() throws {
    try images("emnist-letters-train", labels: [1, 2, 26])
    try images("emnist-letters-test", labels: [1, 1, 1])
    let found = try examples(idxCall)
    #expect(found.rows == 6 && found.testRows == 3..<6)
    // Classes are the labels that appear: EMNIST's letters begin at 1.
    #expect(found.classNames == ["1", "2", "26"])
    try images("emnist-digits-train", labels: [0, 1, 0])
    let error = #expect(throws: DataError.self) { _ = try examples(idxCall) }
    #expect(error?.message.contains("holds 2 sets: emnist-digits, emnist-letters") == true)
    let named = Call("idx", idxCall.arguments + [.init("name", .text("emnist-digits"))])
    #expect(error?.hint == "use name=\"emnist-digits\"")
    #expect(try examples(named).classNames == ["0", "1"])
  }

  private func npz(_ arrays: [NPZFile.Floats]) throws -> Call {
    try write(NPZFile.bytes(arrays), "a.npz")
    return Call("npz", [.init("path", .text("a.npz"))])
  }

  private static func part(_ name: String, _ labels: [Float]) -> [NPZFile.Floats] {
    [
      .init(name: "x_\(name)", shape: [labels.count, 2], values: labels.flatMap { [$0, 0.5] }),
      .init(name: "y_\(name)", shape: [labels.count], values: labels),
    ]
  }

  private static func sizes(_ data: Dataset) -> [Int] {
    [data.training.count, data.validation.count, data.test.count]
  }

  @Test(arguments: ["val", "valid"]) func `a family of parts is taken whole`(name: String) throws {
    let call = try npz(
      Self.part("train", [0, 1, 0, 1, 0]) + Self.part(name, [1, 0]) + Self.part("test", [0, 1, 1]))
    let found = try examples(call)
    #expect(found.rows == 10 && found.validationRows == 5..<7 && found.testRows == 7..<10)
    let data = try Dataset(found, Preparation())
    #expect(data.training == [0, 1, 2, 3, 4] && data.validation == [5, 6] && data.test == [7, 8, 9])
    var preparation = Preparation()
    preparation.limit = 5
    let limited = try Dataset(found, preparation)
    #expect(Self.sizes(limited) == [3, 1, 2])
    preparation = Preparation()
    (preparation.validation, preparation.test) = (.count(1), .fraction(0.34))
    let fewer = try Dataset(found, preparation)
    #expect(Self.sizes(fewer) == [5, 1, 1])
    preparation = Preparation()
    preparation.folds = 2
    #expect(throws: DataError.self) { _ = try Dataset(found, preparation) }
  }

  @Test func `parts under other names are named, and one without its targets is refused`() throws {
    let call = try npz(Self.part("a", [0, 1, 0, 1, 0]) + Self.part("b", [1, 0]))
    func with(_ names: [(String, String)]) -> Call {
      Call("npz", call.arguments + names.map { .init($0.0, .text($0.1)) })
    }
    let found = try examples(with([("x", "x_a"), ("y", "y_a"), ("x_val", "x_b"), ("y_val", "y_b")]))
    #expect(found.validationRows == 5..<7 && found.testRows == nil)
    let error = #expect(throws: DataError.self) {
      _ = try examples(with([("x", "x_a"), ("y", "y_a"), ("x_val", "x_b")]))
    }
    #expect(error?.message.contains("'x_b' has no targets beside it") == true)
  }

  /// Two images of 4 x 5 pixels: the left column is red, in both orders of the channels.
  @Test(arguments: [[2, 3, 4, 5], [2, 4, 5, 3]]) func `colours are shown as grey, in either order`(shape: [Int]) throws
  {
    let isFirst = shape[1] == 3
    var values = [Float](repeating: 0, count: 120)
    for image in 0..<2 {
      for line in 0..<4 { values[image * 60 + (isFirst ? line * 5 : line * 15)] = 1 }
    }
    let call = try npz([
      .init(name: "x", shape: shape, values: values), .init(name: "y", shape: [2], values: [0, 1]),
    ])
    let found = try examples(call)
    let image = try #require(found.imageShape)
    #expect(image.height == 4 && image.width == 5 && image.channels == 3)
    let grey = image.grey(found.row(1))
    #expect(grey.count == 20)
    #expect(grey.indices.allSatisfy { grey[$0] == ($0 % 5 == 0 ? 0.299 : 0) })
  }

  @Test(arguments: ["gz", "bz2"]) func `what follows packed data is not read over in silence`(ending: String) throws {
    let text = "a,y\n" + (0..<400).map { "\($0),\($0 % 2)" }.joined(separator: "\n") + "\n"
    try write(Array(text.utf8), "t.csv")
    let packer = ending == "gz" ? "gzip" : "bzip2"
    let packed = try Process.run(
      URL(filePath: "/usr/bin/env"), arguments: [packer, "-k", folder.appendingPathComponent("t.csv").path])
    packed.waitUntilExit()
    let name = "t.csv.\(ending)"
    let bytes = Array(try Data(contentsOf: folder.appendingPathComponent(name)))
    let context = LoadingContext(folder: folder.path)
    // Tapes and block devices fill up with zeros.
    for count in [0, 100, 200_000] where ending == "gz" || count == 0 {
      try write(bytes + .init(repeating: 0, count: count), name)
      #expect(try DataTable.read(name, context: context).rows == 400)
    }
    for rubbish in [Array("rubbish".utf8), [UInt8](repeating: 0, count: 100_000) + [1]] {
      try write(bytes + rubbish, name)
      let error = #expect(throws: DataError.self) { _ = try DataTable.read(name, context: context) }
      #expect(error?.message.contains("what follows the packed data") == true)
    }
  }

  static let forms = [
    ("a.jsonl", "{\"a\": 1, \"y\": 0}\n{\"a\": 2, \"y\": 1}\n"),
    ("a.arff", "@relation r\n@attribute a real\n@attribute y real\n@data\n1,2\n3,4\n"),
    ("a.libsvm", "1 1:2 4:8\n0 2:1\n"),
  ]

  @Test(arguments: forms) func `options of delimited text are refused by name elsewhere`(name: String, text: String)
    throws
  {
    try write(Array(text.utf8), name)
    let changes: [(String, (inout ReadingOptions) -> Void)] = [
      ("skip", { $0.skip = 1 }), ("comment", { $0.comment = "#" }), ("header", { $0.header = false }),
      ("separator", { $0.separator = ";" }),
    ]
    for (option, change) in changes {
      var options = ReadingOptions()
      change(&options)
      let context = LoadingContext(folder: folder.path)
      let error = #expect(throws: DataError.self) { _ = try DataTable.read(name, options: options, context: context) }
      #expect(error?.about == option)
      #expect(error?.message.hasPrefix("\(option)= ") == true)
    }
  }

  /// The order of parts in a zip archive is its writer's: openpyxl begins with docProps/app.xml, LibreOffice with mimetype.
  @Test(arguments: [
    (["docProps/app.xml", "xl/workbook.xml"], "an Excel file"),
    (["[Content_Types].xml", "xl/workbook.xml"], "an Excel file"),
    (["mimetype", "content.xml"], "an OpenDocument file"),
  ]) func `spreadsheets are named whatever part comes first`(names: [String], kind: String) throws {
    let script = """
      import sys, zipfile
      with zipfile.ZipFile(sys.argv[1], "w") as file:
          for name in sys.argv[2:]:
              file.writestr(name, "application/vnd.oasis.opendocument.spreadsheet" if name == "mimetype" else "<xml/>")
      """
    let path = folder.appendingPathComponent("a.xlsx").path
    let python = try Process.run(
      URL(filePath: "/usr/bin/env"), arguments: ["python3", "-c", script, path] + names)
    python.waitUntilExit()
    let error = #expect(throws: DataError.self) { _ = try DataTable.read(path) }
    #expect(error?.message == "\(path) is \(kind), which is not read")
    #expect(error?.hint?.contains("/a.xlsx\").to_csv(\"") == true)
  }

  @Test(arguments: [("7", "use task=regression for numbers"), ("a", "use another target")])
  func `a target of one class gets a remedy that suits it`(name: String, hint: String) throws {
    var examples = Examples(name: "t", columns: 1, values: .floats([1, 2]), targets: .classes([0, 0]))
    examples.classNames = [name]
    let error = #expect(throws: DataError.self) { try examples.check() }
    #expect(error?.hint == hint)
  }
}
