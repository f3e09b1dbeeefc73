import Datasets
import FoundationEssentials

/// Weights from a file: what `import weights` reads.
package enum WeightFile {
  package static let endings = ["npz", "safetensors", "json", "attune"]

  /// The named tensors of a file whose ending says its format. Throws `TrainingError`.
  package static func tensors(path: String) throws -> [NamedTensor] {
    let what = String(path.split(separator: "/").last ?? "the file")
    switch path.split(separator: ".").last.map({ $0.lowercased() }) {
    case "npz":
      do { return try NPZFile(path: path).tensors } catch let error as DataError {
        throw TrainingError(error.message, hint: error.hint)
      }
    case "safetensors": return try Safetensors.tensors(try read(path), what: what)
    case "json": return try ModelJSON.tensors(try read(path), what: what)
    case "attune": return try TrainedModel(bytes: try read(path)).tensors
    default:
      throw TrainingError(
        "weights are not read from '\(what)'", hint: "expected a file ending in ." + endings.joined(separator: ", ."))
    }
  }

  private static func read(_ path: String) throws -> [UInt8] {
    guard let data = try? Data(contentsOf: URL(filePath: path)) else { throw TrainingError("\(path) cannot be read") }
    return [UInt8](data)
  }
}

extension Architecture {
  /// The sizes that weights have: inputs, each layer's outputs. nil where they are no chain of layers.
  package static func sizes(of tensors: [NamedTensor]) -> [Int]? {
    let shapes = Dictionary(tensors.map { ($0.name, $0.shape) }, uniquingKeysWith: { first, _ in first })
    var sizes: [Int] = []
    while let shape = shapes["layers.\(max(0, sizes.count - 1))" + ".weight"], shape.count == 2 {
      if sizes.isEmpty { sizes.append(shape[1]) }
      guard sizes.last == shape[1] else { return nil }
      sizes.append(shape[0])
    }
    return sizes.count < 2 ? nil : sizes
  }

  /// The running statistics that named tensors give; mean 0 and variance 1 where they are not there.
  package func statistics(from tensors: [NamedTensor]) throws -> [Float] {
    let byName = Dictionary(tensors.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var result = [Float](repeating: 0, count: statisticsCount)
    for (index, layer) in layers.enumerated() where layer.isNormalised {
      for k in layer.runningVariance { result[k] = 1 }
      for (name, range) in [("running_mean", layer.runningMean), ("running_var", layer.runningVariance)] {
        guard let tensor = byName["norms.\(index).\(name)"] else { continue }
        guard tensor.values.count == range.count else {
          throw TrainingError("'\(tensor.name)' has the shape \(tensor.shape), but the network needs [\(range.count)]")
        }
        result.replaceSubrange(range, with: tensor.values)
      }
    }
    return result
  }
}
