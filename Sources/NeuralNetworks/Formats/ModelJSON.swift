import Datasets
import FoundationEssentials

/// A network as JSON: sizes and functions, preprocessing, names and weights, for programs without a library for arrays.
package struct ModelJSON: Codable, Equatable {
  package struct Network: Codable, Equatable {
    package var inputs: Int
    package var hidden: [Int]
    package var outputs: Int
    package var activation: String
    package var output: String
    package var dropout: Double
    // swift-format-ignore: AlwaysUseLowerCamelCase
    package var batch_norm: Bool
    package var norm: String
  }

  /// `x` becomes `(x - mean) / deviation`: a number for every feature, or one for all; none where nothing is done.
  package struct Standardize: Codable, Equatable {
    package var mean: [Float]
    package var deviation: [Float]
  }

  package struct TargetScale: Codable, Equatable {
    package var kind: String
    package var mean: [Double]
    package var deviation: [Double]
    package var offset: Double
  }

  /// Row-major values with their shape.
  package struct Tensor: Codable, Equatable {
    package var shape: [Int]
    package var values: [Float]
  }

  package var format = "attune network"
  /// 2: the columns of a table bring their scales, and rare, unknown and missing texts their inputs.
  package var version = 2
  package var task: String
  package var data: String
  package var target: String
  package var targets: [String]
  package var classes: [String]
  package var features: [String]
  package var network: Network
  package var standardize: Standardize
  /// A number that the network gives becomes `z * deviation + mean` (standard), `exp(z * deviation + mean) - offset` (log);
  /// lists with one entry for each target. Not there where nothing is done.
  // swift-format-ignore: AlwaysUseLowerCamelCase
  package var target_scale: TargetScale?
  /// How the columns of a table become features, where the data was one.
  package var encoding: TableEncoding?
  package var weights: [String: Tensor]

  package init(_ model: TrainedModel) {
    let architecture = model.architecture
    (task, data, target) = (model.task.rawValue, model.dataName, model.targetName)
    targets = model.targetNames
    (classes, features, encoding) = (model.classNames, model.featureNames, model.encoding)
    network = Network(
      inputs: architecture.inputs, hidden: architecture.layers.dropLast().map(\.outputs), outputs: architecture.outputs,
      activation: architecture.activation.rawValue, output: architecture.output.rawValue, dropout: architecture.dropout,
      batch_norm: architecture.batchNormalization, norm: architecture.normalization.rawValue)
    standardize = Standardize(mean: model.scaling.mean, deviation: model.scaling.deviation)
    let unit = model.targetUnit
    if unit.kind != .none {
      target_scale = TargetScale(
        kind: unit.kind.rawValue, mean: unit.mean, deviation: unit.deviation, offset: unit.offset)
    }
    weights = Dictionary(
      uniqueKeysWithValues: model.tensors.map { ($0.name, Tensor(shape: $0.shape, values: $0.values)) })
  }

  package func bytes() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return [UInt8](try encoder.encode(self)) + [UInt8(ascii: "\n")]
  }

  /// Throws `TrainingError` if the bytes are something else, or a shape is not that of its values.
  static func tensors(_ bytes: [UInt8], what: String) throws -> [NamedTensor] {
    struct Weights: Decodable { var weights: [String: Tensor] }
    guard let file = try? JSONDecoder().decode(Weights.self, from: Data(bytes)) else {
      throw TrainingError(
        "'\(what)' is not the JSON of a network", hint: "export run to=\"network.json\" shows the form")
    }
    return try file.weights.sorted { $0.key < $1.key }.map { name, tensor in
      let tensor = NamedTensor(name: name, shape: tensor.shape, values: tensor.values)
      guard tensor.isWhole else {
        throw TrainingError(
          "'\(what)': '\(name)' has \(tensor.values.count) values, which is not the product of its shape",
          hint: "write it again, or copy it again")
      }
      return tensor
    }
  }
}

extension ModelFormat {
  static let json = single("json", "network, preprocessing and weights as JSON") { try ModelJSON($0).bytes() }
}
