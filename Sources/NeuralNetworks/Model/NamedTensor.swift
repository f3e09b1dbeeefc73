import Datasets

/// Weights as other programs name them: `layers.0.weight` (outputs x inputs), `layers.0.bias`, `norms.0.weight` ...
package struct NamedTensor: Sendable, Equatable {
  package var name: String
  package var shape: [Int]
  /// Row-major.
  package var values: [Float]

  package init(name: String, shape: [Int], values: [Float]) {
    self.name = name
    self.shape = shape
    self.values = values
  }

  /// Returns true if the sizes are not negative and their product is the number of values.
  var isWhole: Bool { NamedTensor.count(shape) == values.count }

  /// The product of sizes; nil for a negative one or a product beyond `Int`.
  static func count(_ shape: [Int]) -> Int? {
    shape.reduce(1 as Int?) { product, size in
      guard let product, size >= 0 else { return nil }
      let (next, overflow) = product.multipliedReportingOverflow(by: size)
      return overflow ? nil : next
    }
  }
}

extension TrainedModel {
  /// Every parameter and running statistic, layer by layer.
  package var tensors: [NamedTensor] {
    architecture.layers.enumerated().flatMap { index, layer in
      var result = [
        NamedTensor(
          name: "layers.\(index).weight", shape: [layer.outputs, layer.inputs], values: Array(parameters[layer.weight])),
        NamedTensor(name: "layers.\(index).bias", shape: [layer.outputs], values: Array(parameters[layer.bias])),
      ]
      if layer.isNormalised {
        result += [
          NamedTensor(
            name: "norms.\(index).weight", shape: [layer.outputs], values: Array(parameters[layer.normWeight])),
          NamedTensor(name: "norms.\(index).bias", shape: [layer.outputs], values: Array(parameters[layer.normBias])),
        ]
      }
      if layer.isBatchNormalised {
        result += [
          NamedTensor(
            name: "norms.\(index).running_mean", shape: [layer.outputs], values: Array(statistics[layer.runningMean])),
          NamedTensor(
            name: "norms.\(index).running_var", shape: [layer.outputs], values: Array(statistics[layer.runningVariance])
          ),
        ]
      }
      return result
    }
  }
}

extension Architecture {
  /// The flat parameters that named tensors give: what `import weights` sets. Every weight and bias must be there with
  /// its shape; normalisation's may be missing (1 and 0 then). Throws `TrainingError`.
  package func parameters(from tensors: [NamedTensor]) throws -> [Float] {
    let byName = Dictionary(tensors.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var result = [Float](repeating: 0, count: parameterCount)
    for (index, layer) in layers.enumerated() {
      for k in layer.normWeight { result[k] = 1 }
      let places: [(String, [Int], Range<Int>, Bool)] = [
        ("layers.\(index).weight", [layer.outputs, layer.inputs], layer.weight, true),
        ("layers.\(index).bias", [layer.outputs], layer.bias, true),
        ("norms.\(index).weight", [layer.outputs], layer.normWeight, false),
        ("norms.\(index).bias", [layer.outputs], layer.normBias, false),
      ]
      for (name, shape, range, isNeeded) in places where !range.isEmpty {
        guard let tensor = byName[name] else {
          if isNeeded {
            throw TrainingError(
              "the weights have no '\(name)'",
              hint: "they have: " + byName.keys.sorted().prefix(8).joined(separator: ", "))
          }
          continue
        }
        guard tensor.shape == shape, tensor.values.count == range.count else {
          throw TrainingError("'\(name)' has the shape \(tensor.shape), but the network needs \(shape)")
        }
        guard tensor.values.allSatisfy(\.isFinite) else {
          throw TrainingError("'\(name)' holds values that are not finite")
        }
        result.replaceSubrange(range, with: tensor.values)
      }
    }
    return result
  }
}

extension NPZFile {
  /// The archive's arrays of numbers as weights.
  package func tensors() throws -> [NamedTensor] {
    try arrays().sorted { $0.key < $1.key }.compactMap { name, array in
      let values: [Float]? =
        switch array.values {
        case .bytes(let bytes): bytes.map(Float.init)
        case .integers(let integers): integers.map(Float.init)
        case .naturals(let naturals): naturals.map(Float.init)
        case .floats(let floats): floats.map(Float.init)
        case .texts: nil
        }
      return values.map { NamedTensor(name: name, shape: array.shape, values: $0) }
    }
  }
}
