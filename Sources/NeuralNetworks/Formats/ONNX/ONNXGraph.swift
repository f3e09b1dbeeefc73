/// A chain of ONNX operators under construction: nodes and constants, and the name of the value that flows.
///
/// Field numbers are those of onnx.proto (IR version 8, operator set 17), https://github.com/onnx/onnx.
struct ONNXGraph {
  enum Attribute {
    case int(Int)
    case float(Float)
    case ints([Int])
    case texts([String])
  }

  /// A value that comes in: rows x columns with any number of rows. `type` is a code of `ONNXType`.
  struct Input {
    var name: String
    var type = ONNXType.float
    var columns: Int
    /// What goes in, in words.
    var words = ""
  }

  private var nodes: [Protobuf] = []
  private var constants: [Protobuf] = []
  private var uses: [String: Int] = [:]

  /// Adds an operator; returns the name of its output.
  @discardableResult
  mutating func add(
    _ operation: String, _ inputs: [String], _ attributes: [(String, Attribute)] = [], output name: String? = nil,
    domain: String? = nil
  ) -> String {
    let output = name ?? fresh(operation.lowercased())
    var node = Protobuf()
    for input in inputs { node.add(1, input) }
    node.add(2, output)
    node.add(3, output)
    node.add(4, operation)
    for (name, value) in attributes { node.add(5, Self.attribute(name, value)) }
    if let domain { node.add(7, domain) }
    nodes.append(node)
    return output
  }

  /// Adds a constant of float32; returns its name. A scalar has the shape [].
  mutating func constant(_ name: String, _ shape: [Int], _ values: [Float]) -> String {
    constant(name, shape, ONNXType.float, values)
  }

  /// As above, in double precision.
  mutating func constant(_ name: String, _ shape: [Int], _ values: [Double]) -> String {
    constant(name, shape, ONNXType.double, values)
  }

  mutating func constant(_ name: String, _ shape: [Int], _ values: [Int64]) -> String {
    constant(name, shape, ONNXType.int64, values)
  }

  private mutating func constant<Element>(_ name: String, _ shape: [Int], _ type: Int, _ values: [Element]) -> String {
    var tensor = Protobuf()
    for size in shape { tensor.add(1, size) }
    tensor.add(2, type)
    tensor.add(8, name)
    tensor.add(9, values.withUnsafeBytes { Array($0) })
    constants.append(tensor)
    return name
  }

  /// The graph from its inputs to one output, rows x columns with any number of rows.
  func message(name: String, inputs: [Input], output: Input) -> Protobuf {
    var graph = Protobuf()
    for node in nodes { graph.add(1, node) }
    graph.add(2, name)
    for constant in constants { graph.add(5, constant) }
    for input in inputs { graph.add(11, Self.rows(input)) }
    graph.add(12, Self.rows(output))
    return graph
  }

  private mutating func fresh(_ stem: String) -> String {
    uses[stem, default: 0] += 1
    return "\(stem)_\(uses[stem]!)"
  }

  private static func attribute(_ name: String, _ value: Attribute) -> Protobuf {
    var message = Protobuf()
    message.add(1, name)
    switch value {
    case .float(let number):
      message.add(2, number)
      message.add(20, 1)
    case .int(let number):
      message.add(3, number)
      message.add(20, 2)
    case .ints(let numbers):
      for number in numbers { message.add(8, number) }
      message.add(20, 7)
    case .texts(let texts):
      for text in texts { message.add(9, text) }
      message.add(20, 8)
    }
    return message
  }

  private static func rows(_ input: Input) -> Protobuf {
    var batch = Protobuf()
    batch.add(2, "batch")
    var width = Protobuf()
    width.add(1, input.columns)
    var shape = Protobuf()
    shape.add(1, batch)
    shape.add(1, width)
    var tensor = Protobuf()
    tensor.add(1, input.type)
    tensor.add(2, shape)
    var type = Protobuf()
    type.add(1, tensor)
    var value = Protobuf()
    value.add(1, input.name)
    value.add(2, type)
    if !input.words.isEmpty { value.add(3, input.words) }
    return value
  }
}

enum ONNXType {
  static let float = 1
  static let int64 = 7
  static let string = 8
  static let double = 11
}
