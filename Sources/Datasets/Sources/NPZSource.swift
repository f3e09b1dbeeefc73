import Vocabulary

private let npzSyntax = Syntax(
  "npz", "arrays of a NumPy archive; whole numbers or text as y mean classes", source: "numpy.savez",
  options: [
    Option("path", .path, required: true, "the archive"),
    Option("x", .text, default: .text("x"), "the array of features: rows x features, or images"),
    Option("y", .text, default: .text("y"), "the array of targets"),
    Option("x_test", .text, defaultText: "none", "the features of a test part"),
    Option("y_test", .text, defaultText: "none", "the targets of a test part"),
  ], example: "data npz(\"set.npz\", x=\"x\", y=\"y\")")

extension DataSource {
  static let npz = DataSource(npzSyntax) { call, context in
    let path = FileBytes.resolve(call.text("path", npzSyntax) ?? "", in: context.folder)
    let file = try NPZFile(path: path)
    if context.isCancelled() { throw LoadingCancelled() }
    return try NPZReading(file, call, task: context.task).examples()
  }
}

/// Turns arrays of an archive into examples.
struct NPZReading {
  let file: NPZFile
  let x: NPYArray
  let y: NPYArray
  let test: (x: NPYArray, y: NPYArray)?
  let task: Task?

  init(_ file: NPZFile, _ call: Call, task: Task?) throws {
    try self.init(
      file, x: call.text("x", npzSyntax) ?? "x", y: call.text("y", npzSyntax) ?? "y",
      test: (call.text("x_test", npzSyntax), call.text("y_test", npzSyntax)), task: task)
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
    let columns = x.shape.dropFirst().reduce(1, *)
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
    if isImage {
      result.imageShape = .init(height: x.shape[1], width: x.shape[2], channels: x.shape.count > 3 ? x.shape[3] : 1)
    }
    if test != nil { result.testRows = trainRows..<result.rows }
    return result
  }

  private func match(_ x: NPYArray, _ y: NPYArray) throws {
    guard x.shape.count >= 2, x.shape[0] > 0 else {
      throw DataError("\(file.path): the features have the shape \(x.shape); rows x features is needed")
    }
    guard y.shape == [x.shape[0]] || y.shape == [x.shape[0], 1] else {
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
    let parts = [y.values] + (test.map { [$0.y.values] } ?? [])
    if parts.contains(where: { if case .floats = $0 { true } else { false } }), task != .classification {
      return (.numbers(try parts.flatMap(floats)), [])
    }
    if case .texts = y.values {
      let texts: [String] = try parts.flatMap { part -> [String] in
        guard case .texts(let values) = part else {
          throw DataError("\(file.path): training and test targets differ in type")
        }
        return values
      }
      guard task != .regression else {
        throw DataError("\(file.path): the targets are text, which regression cannot take")
      }
      return classes(texts, Set(texts).sorted())
    }
    if task == .regression { return (.numbers(try parts.flatMap(floats)), []) }
    let numbers = try parts.flatMap(floats)
    guard let bad = numbers.firstIndex(where: { $0 != $0.rounded() || !$0.isFinite }) else {
      let names = Set(numbers).sorted().map { "\(Int($0))" }
      return classes(numbers.map { "\(Int($0))" }, names)
    }
    throw DataError(
      "\(file.path): the class \(numbers[bad]) in row \(bad + 1) is not a whole number",
      hint: "task=regression takes numbers")
  }

  private func classes(_ values: [String], _ names: [String]) -> (Examples.Targets, [String]) {
    let index = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, Int32($0)) })
    return (.classes(values.map { index[$0]! }), names)
  }
}
