import Vocabulary

private let npzSyntax = Syntax(
  "npz", "arrays of a NumPy archive; whole numbers or text as y mean classes", source: "numpy.savez",
  options: [
    Option("path", .path, required: true, "the archive"),
    Option("x", .text, default: .text("x"), "the array of features: rows x features, or images"),
    Option("y", .text, default: .text("y"), "the array of targets; beside a lone .npy file the name of theirs"),
    Option("x_test", .text, defaultText: "none", "the features of a test part"),
    Option("y_test", .text, defaultText: "none", "the targets of a test part"),
  ], example: "data npz(\"set.npz\", x=\"x\", y=\"y\")")

extension DataSource {
  static let npz = DataSource(npzSyntax) { call, context in
    let path = FileBytes.resolve(call.text("path", npzSyntax) ?? "", in: context.folder)
    let file = try NPZFile(path: path)
    if context.isCancelled() { throw LoadingCancelled() }
    return try NPZReading(file, call, context).examples()
  }
}

/// Turns arrays of an archive into examples.
struct NPZReading {
  let file: NPZFile
  let x: NPYArray
  let y: NPYArray
  let test: (x: NPYArray, y: NPYArray)?
  let task: Task?

  init(_ file: NPZFile, _ call: Call, _ context: LoadingContext) throws {
    let y = call.text("y", npzSyntax) ?? "y"
    guard !file.isLone else {
      try self.init(file, labels: y, context)
      return
    }
    try self.init(
      file, x: call.text("x", npzSyntax) ?? "x", y: y,
      test: (call.text("x_test", npzSyntax), call.text("y_test", npzSyntax)), task: context.task)
  }

  /// A lone array of features, with the targets in a file of their own beside it.
  private init(_ file: NPZFile, labels: String, _ context: LoadingContext) throws {
    (self.file, task, test) = (file, context.task, nil)
    guard labels.hasSuffix(".npy"), !labels.contains("/"), context.mayFetch else {
      throw DataError(
        "\(file.path) holds one array", hint: "use y=\"y.npy\" for the targets' file in the same folder", about: "y")
    }
    x = try file.array("x")
    let folder = file.path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    y = try NPYArray(FileSource(path: "\(folder)/\(labels)", isCancelled: context.isCancelled), what: labels)
  }

  init(_ file: NPZFile, x: String, y: String, test: (String?, String?), task: Task?) throws {
    (self.file, self.task) = (file, task)
    self.x = try file.array(x)
    self.y = try file.array(y)
    switch test {
    case (let testX?, let testY?): self.test = (try file.array(testX), try file.array(testY))
    case (nil, nil): self.test = nil
    default: throw DataError("x_test and y_test belong together")
    }
  }

  func examples() throws -> Examples {
    try match(x, y)
    if let test { try match(test.x, test.y) }
    let columns = try MemoryBudget.product(Array(x.shape.dropFirst()), for: file.path)
    let isImage = x.shape.count >= 3
    let trainRows = x.shape[0]
    let values: Examples.Values
    switch (x.values, test?.x.values) {
    case (.bytes(let bytes), nil): values = .bytes(bytes, unit: isImage ? 1 / 255 : 1)
    case (.bytes(let bytes), .bytes(let more)?): values = .bytes(bytes + more, unit: isImage ? 1 / 255 : 1)
    default: values = .floats(try floats(x.values) + (try test.map { try floats($0.x.values) } ?? []))
    }
    let (targets, classNames) = try targetValues()
    var result = Examples(
      name: String(file.path.split(separator: "/").last ?? "npz"), columns: columns, values: values, targets: targets)
    result.classNames = classNames
    if isImage { result.imageShape = imageShape() }
    let parts = [x] + (test.map { [$0.x] } ?? [])
    if let table = try DataTable(arrays: parts, names: (0..<columns).map { "feature \($0)" }, path: file.path) {
      (result.columns, result.imageShape) = (0, nil)
      result.values = .table(try EncodedTable(table, TableEncoding(columns: [], target: "", classNames: classNames)))
    }
    if test != nil { result.testRows = trainRows..<result.rows }
    return result
  }

  /// Height x width x channels, or channels first as PyTorch has them.
  private func imageShape() -> Examples.ImageShape {
    let sizes = x.shape
    guard sizes.count > 3 else { return .init(height: sizes[1], width: sizes[2]) }
    let isChannelsFirst = sizes[1] <= 4 && sizes[3] > 4
    return isChannelsFirst
      ? .init(height: sizes[2], width: sizes[3], channels: sizes[1])
      : .init(height: sizes[1], width: sizes[2], channels: sizes[3])
  }

  private func match(_ x: NPYArray, _ y: NPYArray) throws {
    guard x.shape.count >= 2, x.shape[0] > 0 else {
      throw DataError("\(file.path): the features have the shape \(x.shape); rows x features is needed")
    }
    guard y.shape.first == x.shape[0], y.shape.count <= 2 else {
      throw DataError("\(file.path): the targets have the shape \(y.shape) for \(x.shape[0]) rows")
    }
    guard x.shape.dropFirst() == self.x.shape.dropFirst() else {
      throw DataError("\(file.path): training and test features differ in shape")
    }
  }

  private func floats(_ values: NPYArray.Values) throws -> [Float] {
    switch values {
    case .bytes(let array): array.map(Float.init)
    case .integers(let array): array.map(Float.init)
    case .floats(let array): array.map(Float.init)
    case .texts: throw DataError("\(file.path): the features are text")
    }
  }

  private func targetValues() throws -> (Examples.Targets, [String]) {
    let parts = [y] + (test.map { [$0.y] } ?? [])
    if case .texts = y.values { return try textTargets(parts.map(\.values)) }
    // Whole numbers stay whole: a label of 2^53 + 1 is a class of its own.
    let wholes = try parts.map(wholeLabels)
    if task != .regression, wholes.allSatisfy({ $0 != nil }) {
      let labels = wholes.flatMap { $0 ?? [] }
      let isFloat = parts.contains { if case .floats = $0.values { true } else { false } }
      if !isFloat || task == .classification || TargetRule.task(of: labels.map(Double.init)) == .classification {
        return classes(labels, Set(labels).sorted().map { ($0, "\($0)") })
      }
    }
    let numbers = try parts.flatMap { try doubles($0) }
    guard task == .classification else { return (.numbers(numbers), []) }
    guard let bad = numbers.firstIndex(where: { $0 != $0.rounded() || !$0.isFinite }) else {
      return classes(numbers, Set(numbers).sorted().map { ($0, TargetRule.name($0)) })
    }
    throw DataError(
      "\(file.path): the class \(numbers[bad]) in row \(bad + 1) is not a whole number",
      hint: "use task=regression for numbers")
  }

  /// Labels as whole numbers: of a list as they are, of one-hot rows the place of the 1. nil if they are not whole.
  private func wholeLabels(_ part: NPYArray) throws -> [Int64]? {
    let width = part.shape.count == 2 ? part.shape[1] : 1
    let numbers: [Int64]?
    switch part.values {
    case .bytes(let array): numbers = array.map(Int64.init)
    case .integers(let array): numbers = array
    case .floats(let array):
      let whole = array.compactMap { Int64(exactly: $0) }
      numbers = whole.count == array.count ? whole : nil
    case .texts: throw DataError("\(file.path): training and test targets differ in type")
    }
    guard width != 1 else { return numbers }
    guard let numbers, width > 1 else { throw shapeMistake(part) }
    return try stride(from: 0, to: numbers.count, by: width).map { start in
      let row = numbers[start..<(start + width)]
      guard row.count(where: { $0 == 1 }) == 1, row.allSatisfy({ $0 == 0 || $0 == 1 }), let one = row.firstIndex(of: 1)
      else { throw shapeMistake(part) }
      return Int64(one - start)
    }
  }

  private func shapeMistake(_ part: NPYArray) -> DataError {
    DataError(
      "\(file.path): the targets have the shape \(part.shape) and are not one-hot (a single 1 in each row)",
      hint: "write one target for each row")
  }

  private func doubles(_ part: NPYArray) throws -> [Double] {
    switch part.values {
    case .bytes(let array): array.map { Double($0) }
    case .integers(let array): array.map { Double($0) }
    case .floats(let array): array
    case .texts: throw DataError("\(file.path): the targets are text")
    }
  }

  private func textTargets(_ parts: [NPYArray.Values]) throws -> (Examples.Targets, [String]) {
    let texts: [String] = try parts.flatMap { part -> [String] in
      guard case .texts(let values) = part else {
        throw DataError("\(file.path): training and test targets differ in type")
      }
      return values
    }
    guard task != .regression else {
      throw DataError("\(file.path): the targets are text, which regression cannot take")
    }
    return classes(texts, Set(texts).sorted().map { ($0, $0) })
  }

  private func classes<Label: Hashable>(
    _ values: [Label], _ names: [(label: Label, name: String)]
  ) -> (Examples.Targets, [String]) {
    let index = Dictionary(names.enumerated().map { ($1.label, Int32($0)) }) { first, _ in first }
    return (.classes(values.map { index[$0] ?? 0 }), names.map(\.name))
  }
}

extension DataTable {
  /// Arrays of an archive one below the other as a table of numbers; nil if single precision holds them without gaps.
  init?(arrays: [NPYArray], names: [String], path: String) throws {
    let parts = arrays.map(\.doubles)
    // What is larger loses its last digits there.
    let isPlain = parts.allSatisfy { $0.allSatisfy { $0.magnitude <= 0x1p24 } }
    guard !isPlain else { return nil }
    self.init(parts: parts, names: names, path: path)
    for (place, part) in parts.enumerated() {
      guard let bad = part.firstIndex(where: \.isInfinite) else { continue }
      throw DataError(
        "\(path)\(place == 0 ? "" : ", the test part"): \(part[bad]) in row \(bad / names.count + 1), \(names[bad % names.count])",
        hint: "remove or replace it")
    }
  }

  /// Rows x columns of numbers, one part below the other.
  init(parts: [[Double]], names: [String], path: String) {
    let columns = names.indices.map { column in
      let values = parts.flatMap { part in stride(from: column, to: part.count, by: names.count).map { part[$0] } }
      return DataColumn(
        name: names[column], kind: .number, values: .numbers(values), missing: values.count { $0.isNaN })
    }
    let rows = parts.reduce(0) { $0 + $1.count } / max(names.count, 1)
    self.init(
      name: String(path.split(separator: "/").last ?? "npz"), path: path, columns: columns, rows: rows)
  }
}

extension NPYArray {
  /// The numbers in double precision; none for texts.
  var doubles: [Double] {
    switch values {
    case .bytes(let bytes): bytes.map { Double($0) }
    case .integers(let integers): integers.map { Double($0) }
    case .floats(let floats): floats
    case .texts: []
    }
  }
}
