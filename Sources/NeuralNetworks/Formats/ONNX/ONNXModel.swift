import Datasets

/// A trained network as an ONNX model: raw features in, predictions out, standardising inside. A table's columns are an
/// input each: double for numbers, double for dates (seconds since 1970, or what training's numbers counted), strings for
/// the rest.
///
/// Predictions are rows x classes, a probability a class in the order of the class names (both also for two classes with
/// one output), or rows x 1 for regression. Dropout is not there: it acts in training only.
struct ONNXModel {
  let model: TrainedModel
  var graph = ONNXGraph()
  /// Numbers the constants.
  var numbers = 0

  static let irVersion = 8
  static let operatorSet = 17
  /// The eps of nn.BatchNorm1d and nn.LayerNorm, which the trainer has too.
  static let normEpsilon: Float = 1e-5

  init(_ model: TrainedModel) { self.model = model }

  static func bytes(_ model: TrainedModel) -> [UInt8] {
    var builder = ONNXModel(model)
    return builder.message().bytes
  }

  private mutating func message() -> Protobuf {
    var inputs = [ONNXGraph.Input(name: "features", columns: model.architecture.inputs)]
    var value = "features"
    if let encoding = model.encoding { (value, inputs) = table(encoding) }
    value = standardize(value)
    let layers = model.architecture.layers
    for index in layers.indices {
      value = linear(value, index)
      guard index < layers.count - 1 else { break }
      if layers[index].isNormalised { value = normalise(value, index) }
      value = activate(value)
    }
    let columns = predict(value)
    var message = Protobuf()
    message.add(1, Self.irVersion)
    message.add(2, "attune")
    message.add(6, description)
    message.add(
      7,
      graph.message(
        name: "network", inputs: inputs, output: .init(name: "predictions", columns: columns)))
    var operators = Protobuf()
    operators.add(1, "")
    operators.add(2, Self.operatorSet)
    message.add(8, operators)
    if model.encoding != nil {
      var more = Protobuf()
      more.add(1, Self.learningDomain)
      more.add(2, Self.learningOperatorSet)
      message.add(8, more)
    }
    let explained = inputs.filter { !$0.words.isEmpty }.map { ("input \($0.name)", $0.words) }
    for (key, text) in metadata + explained {
      var property = Protobuf()
      property.add(1, key)
      property.add(2, text)
      message.add(14, property)
    }
    return message
  }

  // MARK: Layers

  private mutating func standardize(_ value: String) -> String {
    let scaling = model.scaling
    guard !scaling.mean.isEmpty else { return value }
    let mean = graph.constant("standardize.mean", [scaling.mean.count], scaling.mean)
    let deviation = graph.constant("standardize.deviation", [scaling.deviation.count], scaling.deviation)
    return graph.add("Div", [graph.add("Sub", [value, mean]), deviation])
  }

  private mutating func linear(_ value: String, _ index: Int) -> String {
    let layer = model.architecture.layers[index]
    let weight = graph.constant(
      "layers.\(index).weight", [layer.outputs, layer.inputs], Array(model.parameters[layer.weight]))
    let bias = graph.constant("layers.\(index).bias", [layer.outputs], Array(model.parameters[layer.bias]))
    return graph.add("Gemm", [value, weight, bias], [("transB", .int(1))])
  }

  private mutating func normalise(_ value: String, _ index: Int) -> String {
    let layer = model.architecture.layers[index]
    var tensors = [
      ("weight", Array(model.parameters[layer.normWeight])), ("bias", Array(model.parameters[layer.normBias])),
    ]
    if layer.isBatchNormalised {
      tensors.append(("running_mean", Array(model.statistics[layer.runningMean])))
      tensors.append(("running_var", Array(model.statistics[layer.runningVariance])))
    }
    let inputs = tensors.map { graph.constant("norms.\(index).\($0.0)", [layer.outputs], $0.1) }
    guard layer.isBatchNormalised else {
      return graph.add(
        "LayerNormalization", [value] + inputs, [("axis", .int(-1)), ("epsilon", .float(Self.normEpsilon))])
    }
    return graph.add("BatchNormalization", [value] + inputs, [("epsilon", .float(Self.normEpsilon))])
  }

  private mutating func activate(_ value: String) -> String {
    switch model.architecture.activation {
    case .relu: return graph.add("Relu", [value])
    case .leakyRelu: return graph.add("LeakyRelu", [value], [("alpha", .float(0.01))])
    case .elu: return graph.add("Elu", [value], [("alpha", .float(1))])
    case .selu: return graph.add("Selu", [value])
    case .gelu: return gelu(value)
    case .mish: return graph.add("Mul", [value, graph.add("Tanh", [graph.add("Softplus", [value])])])
    case .silu: return graph.add("Mul", [value, graph.add("Sigmoid", [value])])
    case .tanh: return graph.add("Tanh", [value])
    case .sigmoid: return graph.add("Sigmoid", [value])
    case .softplus: return graph.add("Softplus", [value])
    case .identity: return value
    }
  }

  /// x (1 + erf(x / sqrt 2)) / 2: the operator of that name came with operator set 20.
  private mutating func gelu(_ value: String) -> String {
    let scaled = graph.add("Mul", [value, scalar("sqrt_half", Float(0.5).squareRoot())])
    let share = graph.add("Add", [graph.add("Erf", [scaled]), scalar("one", 1)])
    return graph.add("Mul", [graph.add("Mul", [value, share]), scalar("half", 0.5)])
  }

  private var scalars: Set<String> = []

  mutating func scalar(_ name: String, _ value: Float) -> String {
    scalars.insert(name).inserted ? graph.constant(name, [], [value]) : name
  }

  /// From the network's unit to the targets' own.
  private mutating func targets(_ value: String) -> String {
    let unit = model.targetUnit
    guard unit.kind != .none else { return value }
    let deviation = graph.constant("target.deviation", [unit.deviation.count], unit.deviation.map(Float.init))
    let mean = graph.constant("target.mean", [unit.mean.count], unit.mean.map(Float.init))
    let result = graph.add("Add", [graph.add("Mul", [value, deviation]), mean])
    guard unit.kind == .log else { return result }
    return graph.add("Sub", [graph.add("Exp", [result]), scalar("target.offset", Float(unit.offset))])
  }

  /// Returns the number of columns.
  private mutating func predict(_ value: String) -> Int {
    let outputs = model.architecture.outputs
    switch model.architecture.output {
    case .softmax:
      graph.add("Softmax", [value], [("axis", .int(-1))], output: "predictions")
    case .identity:
      graph.add("Identity", [targets(value)], output: "predictions")
    case .sigmoid where model.task == .classification && outputs == 1:
      let second = graph.add("Sigmoid", [value])
      let first = graph.add("Sub", [scalar("one", 1), second])
      graph.add("Concat", [first, second], [("axis", .int(1))], output: "predictions")
      return 2
    case .sigmoid:
      graph.add("Sigmoid", [value], output: "predictions")
    }
    return outputs
  }

  // MARK: Words

  private var description: String {
    if model.encoding != nil {
      return
        "Columns of a table in, each rows x 1: doubles (NaN if missing or in another unit; numbers with K, M or B multiplied out; dates as seconds since 1970, or as the numbers that training had) or strings (empty if missing). "
        + "Out: \(model.task == .regression ? "the predicted \(model.targetName)" : "a value for each class")."
    }
    let rows = "Rows of \(model.architecture.inputs) raw features, which the network standardises itself"
    let unit = model.byteUnit.map { $0 == 1 ? "" : "; a byte of an image counts as byte * \($0)" } ?? ""
    let result = model.task == .regression ? "the predicted \(model.targetName)" : "a value for each class"
    return "\(rows)\(unit). Out: \(result)."
  }

  /// What a program gives for a column of a table.
  private static func meaning(_ column: TableEncoding.Column) -> String {
    switch column {
    case .number: "a number, NaN if missing"
    case .date: "seconds since 1970-01-01 00:00 UTC, NaN if missing"
    case .category, .boolean: "a text as the table has it, empty if missing"
    }
  }

  /// What a program needs to know, as the model's metadata: lists have a line an entry.
  private var metadata: [(String, String)] {
    var words = [("task", model.task.rawValue), ("target", model.targetName), ("data", model.dataName)]
    if !model.classNames.isEmpty { words.append(("classes", model.classNames.joined(separator: "\n"))) }
    if !model.featureNames.isEmpty { words.append(("features", model.featureNames.joined(separator: "\n"))) }
    let columns = model.encoding?.columns ?? []
    if !columns.isEmpty {
      words.append(("inputs", columns.map { "\($0.name): \(Self.meaning($0))" }.joined(separator: "\n")))
    }
    return words
  }
}

extension ModelFormat {
  static let onnx = single("onnx", "an ONNX model (operator set 17) with the standardising inside") { model in
    let bytes = ONNXModel.bytes(model)
    // Protocol buffers' own limit.
    guard bytes.count < Int(Int32.max) else {
      throw TrainingError("an ONNX file holds at most 2 GB", hint: "write .safetensors")
    }
    return bytes
  }
}
