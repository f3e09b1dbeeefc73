import Vocabulary

private let npzSyntax = Syntax(
  "npz", "arrays of a NumPy archive; whole numbers or text as y mean classes", source: "numpy.savez",
  options: [
    Option("path", .path, required: true, "the archive"),
    Option("x", .text, defaultText: "x, else x_train", "the array of features: rows x features, or images"),
    Option(
      "y", .text, defaultText: "y, else y_train", "the array of targets; beside a lone .npy file the name of theirs"),
    Option("x_val", .text, defaultText: "x_val or x_valid beside x_train", "the features of a validation part"),
    Option("y_val", .text, defaultText: "y_val or y_valid beside x_train", "the targets of a validation part"),
    Option("x_test", .text, defaultText: "x_test beside x_train", "the features of a test part"),
    Option("y_test", .text, defaultText: "y_test beside x_train", "the targets of a test part"),
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
  /// Features with their targets.
  struct Part {
    var x: NPYArray
    var y: NPYArray
  }

  let file: NPZFile
  let train: Part
  /// Parts of their own, if there are some.
  let validation: Part?
  let test: Part?
  let task: Task?

  init(_ file: NPZFile, _ call: Call, _ context: LoadingContext) throws {
    (self.file, task) = (file, context.task)
    guard !file.isLone else {
      train = try Self.lone(file, labels: call.text("y", npzSyntax) ?? "y", context)
      (validation, test) = (nil, nil)
      return
    }
    let names = NPZNames(file, call)
    guard let train = try names.part(names.train) else { throw DataError("x and y belong together") }
    self.train = train
    validation = try names.part(names.validation)
    test = try names.part(names.test)
  }

  /// A lone array of features, with the targets in a file of their own beside it.
  private static func lone(_ file: NPZFile, labels: String, _ context: LoadingContext) throws -> Part {
    guard labels.hasSuffix(".npy"), !labels.contains("/") else {
      throw DataError(
        "\(file.path) holds one array", hint: "use y=\"y.npy\" for the targets' file in the same folder", about: "y")
    }
    let x = try file.array("x")
    let folder = file.path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    let y = try NPYArray(FileSource(path: "\(folder)/\(labels)", isCancelled: context.isCancelled), what: labels)
    return Part(x: x, y: y)
  }

  /// In the order of their rows: training, validation, test.
  private var parts: [Part] { [train] + [validation, test].compactMap { $0 } }

  func examples() throws -> Examples {
    for part in parts { try match(part.x, part.y) }
    let columns = try MemoryBudget.product(Array(train.x.shape.dropFirst()), for: file.path)
    let isImage = train.x.shape.count >= 3
    let (targets, classNames) = try targetValues()
    var result = Examples(
      name: String(file.path.split(separator: "/").last ?? "npz"), columns: columns, values: try values(isImage),
      targets: targets)
    result.classNames = classNames
    if task == nil { result.notices += targetNotice(targets, classes: classNames.count) }
    if isImage { result.imageShape = .init(sizes: train.x.shape) }
    let names = (0..<columns).map { "feature \($0)" }
    if let table = try DataTable(arrays: parts.map(\.x), names: names, path: file.path) {
      (result.columns, result.imageShape) = (0, nil)
      result.values = .table(try EncodedTable(table, TableEncoding(columns: [], target: "", classNames: classNames)))
    }
    let end = train.x.shape[0] + (validation?.x.shape[0] ?? 0)
    if validation != nil { result.validationRows = train.x.shape[0]..<end }
    if test != nil { result.testRows = end..<result.rows }
    return result
  }

  /// Bytes if every part has them, else floats.
  private func values(_ isImage: Bool) throws -> Examples.Values {
    let bytes = parts.compactMap { part in if case .bytes(let bytes) = part.x.values { bytes } else { nil } }
    guard bytes.count < parts.count else {
      return .bytes(parts.count == 1 ? bytes[0] : bytes.flatMap { $0 }, unit: isImage ? 1 / 255 : 1)
    }
    return .floats(try parts.flatMap { try floats($0.x.values) })
  }

  private func match(_ x: NPYArray, _ y: NPYArray) throws {
    guard x.shape.count >= 2, x.shape[0] > 0 else {
      throw DataError("\(file.path): the features have the shape \(x.shape); rows x features is needed")
    }
    guard y.shape.first == x.shape[0], y.shape.count <= 2 else {
      throw DataError("\(file.path): the targets have the shape \(y.shape) for \(x.shape[0]) rows")
    }
    guard x.shape.dropFirst() == train.x.shape.dropFirst() else {
      throw DataError("\(file.path): the features of its parts differ in shape")
    }
  }

  private func floats(_ values: NPYArray.Values) throws -> [Float] {
    switch values {
    case .bytes(let array): array.map(Float.init)
    case .integers(let array): array.map(Float.init)
    case .naturals(let array): array.map(Float.init)
    case .floats(let array): array.map(Float.init)
    case .texts: throw DataError("\(file.path): the features are text")
    }
  }

  private func targetValues() throws -> (Examples.Targets, [String]) {
    let parts = parts.map(\.y)
    if case .texts = train.y.values { return try textTargets(parts.map(\.values)) }
    // Whole numbers stay whole: a label of 2^53 + 1 is a class of its own.
    if let targets = try severalTargets(parts) { return (targets, []) }
    let wholes = try parts.map(wholeLabels)
    if task != .regression, wholes.allSatisfy({ $0 != nil }) {
      let labels = wholes.flatMap { $0 ?? [] }
      let isFloat = parts.contains { if case .floats = $0.values { true } else { false } }
      // Integers are classes unless they hardly come twice, as counts do.
      let areClasses = !isFloat && labels.count >= 2 * Set(labels).count
      if try areClasses || task == .classification || TargetRule.task(of: labels.map { Double($0) }) == .classification
      {
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

  /// What was decided, if it is not plain.
  private func targetNotice(_ targets: Examples.Targets, classes: Int) -> [String] {
    switch targets {
    case .classes where classes > 20:
      if case .texts = train.y.values { return [] }
      return ["the targets are \(classes) whole numbers, taken as classes; task=regression takes them as numbers"]
    case .classes:
      guard case .floats = train.y.values, train.y.shape.count == 1, classes > 2 else { return [] }
      return ["the targets are \(classes) whole numbers, taken as classes; task=regression takes them as numbers"]
    case .numbers(let numbers, 1) where numbers.allSatisfy({ $0 == $0.rounded() }):
      return ["the targets are whole numbers, taken as numbers; task=classification takes them as classes"]
    case .numbers: return []
    }
  }

  /// Rows x targets of numbers, which are not one-hot: several numbers are predicted. nil if there is one target, or whole
  /// numbers that nothing calls numbers.
  private func severalTargets(_ parts: [NPYArray]) throws -> Examples.Targets? {
    let width = train.y.shape.count == 2 ? train.y.shape[1] : 1
    guard width > 1, task != .classification else { return nil }
    guard parts.allSatisfy({ $0.shape.count == 2 && $0.shape[1] == width }) else {
      throw DataError("\(file.path): the targets of its parts differ in shape")
    }
    let numbers = try parts.flatMap { try doubles($0) }
    guard task == .regression || numbers.contains(where: { $0 != $0.rounded() }) else { return nil }
    return .numbers(numbers, width: width)
  }

  /// Labels as whole numbers: of a list as they are, of one-hot rows the place of the 1. nil if they are not whole.
  private func wholeLabels(_ part: NPYArray) throws -> [Int128]? {
    let width = part.shape.count == 2 ? part.shape[1] : 1
    let numbers: [Int128]?
    switch part.values {
    case .bytes(let array): numbers = array.map { Int128($0) }
    case .integers(let array): numbers = array.map { Int128($0) }
    case .naturals(let array): numbers = array.map { Int128($0) }
    case .floats(let array):
      let whole = array.compactMap { number -> Int128? in Int64(exactly: number).map { Int128($0) } }
      numbers = whole.count == array.count ? whole : nil
    case .texts: throw DataError("\(file.path): the targets of its parts differ in type")
    }
    guard width != 1 else { return numbers }
    guard let numbers, width > 1 else { throw shapeMistake(part) }
    return try stride(from: 0, to: numbers.count, by: width).map { start in
      let row = numbers[start..<(start + width)]
      guard row.count(where: { $0 == 1 }) == 1, row.allSatisfy({ $0 == 0 || $0 == 1 }), let one = row.firstIndex(of: 1)
      else { throw shapeMistake(part) }
      return Int128(one - start)
    }
  }

  private func shapeMistake(_ part: NPYArray) -> DataError {
    DataError(
      "\(file.path): the targets have the shape \(part.shape) and are not one-hot (a single 1 in each row)",
      hint: "write one target for each row, or use task=regression to predict several numbers")
  }

  private func doubles(_ part: NPYArray) throws -> [Double] {
    switch part.values {
    case .bytes(let array): array.map { Double($0) }
    case .integers(let array): array.map { Double($0) }
    case .naturals(let array): array.map { Double($0) }
    case .floats(let array): array
    case .texts: throw DataError("\(file.path): the targets are text")
    }
  }

  private func textTargets(_ parts: [NPYArray.Values]) throws -> (Examples.Targets, [String]) {
    let texts: [String] = try parts.flatMap { part -> [String] in
      guard case .texts(let values) = part else {
        throw DataError("\(file.path): the targets of its parts differ in type")
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
    case .naturals(let naturals): naturals.map { Double($0) }
    case .floats(let floats): floats
    case .texts: []
    }
  }
}
