import Datasets
import FileAccess
import Glibc

/// Weights from a file: what `import weights` reads.
package enum WeightFile {
  package static let endings = ["npz", "safetensors", "json", "attune"]

  /// The named tensors of a file whose ending says its format. Throws `TrainingError` or `FileError`.
  package static func tensors(path: String, isCancelled: () -> Bool = { false }) throws -> [NamedTensor] {
    let name = String(path.split(separator: "/").last ?? "the file")
    guard access(path, F_OK) == 0 else { throw FileError(name, .read, errno: errno) }
    guard ending(name) == "npz" else {
      guard endings.contains(ending(name)) else { throw unknown(name) }
      return try tensors(WholeFile.read(path, as: name, isCancelled: isCancelled), name: name)
    }
    do { return try NPZFile(path: path).tensors() } catch let error as DataError {
      throw TrainingError(error.message, hint: error.hint)
    }
  }

  /// The same of bytes, for all formats but .npz.
  package static func tensors(_ bytes: [UInt8], name: String) throws -> [NamedTensor] {
    switch ending(name) {
    case "safetensors": try Safetensors.tensors(bytes, what: name)
    case "json": try ModelJSON.tensors(bytes, what: name)
    case "attune": try TrainedModel(bytes: bytes).tensors
    default: throw unknown(name)
    }
  }

  private static func ending(_ name: String) -> String { name.split(separator: ".").last?.lowercased() ?? "" }

  private static func unknown(_ name: String) -> TrainingError {
    TrainingError(
      "weights are not read from '\(name)'", hint: "expected a file ending in ." + endings.joined(separator: ", ."))
  }
}

extension Architecture {
  /// The sizes that weights have: inputs, each layer's outputs. nil if they are not a chain of layers, whose shapes are
  /// those of their values.
  package static func sizes(of tensors: [NamedTensor]) -> [Int]? {
    guard tensors.allSatisfy(\.isWhole) else { return nil }
    let shapes = Dictionary(tensors.map { ($0.name, $0.shape) }, uniquingKeysWith: { first, _ in first })
    var sizes: [Int] = []
    while let shape = shapes["layers.\(max(0, sizes.count - 1))" + ".weight"], shape.count == 2 {
      if sizes.isEmpty { sizes.append(shape[1]) }
      guard sizes.last == shape[1] else { return nil }
      sizes.append(shape[0])
    }
    return sizes.count < 2 || sizes.contains(0) ? nil : sizes
  }

  /// The running statistics that named tensors give; mean 0 and variance 1 where they are not there.
  package func statistics(from tensors: [NamedTensor]) throws -> [Float] {
    let byName = Dictionary(tensors.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var result = [Float](repeating: 0, count: statisticsCount)
    for (index, layer) in layers.enumerated() where layer.isBatchNormalised {
      for k in layer.runningVariance { result[k] = 1 }
      for (name, range) in [("running_mean", layer.runningMean), ("running_var", layer.runningVariance)] {
        guard let tensor = byName["norms.\(index).\(name)"] else { continue }
        guard tensor.shape == [range.count], tensor.isWhole else {
          throw TrainingError("'\(tensor.name)' has the shape \(tensor.shape), but the network needs [\(range.count)]")
        }
        guard tensor.values.allSatisfy({ $0.isFinite && (name == "running_mean" || $0 >= 0) }) else {
          throw TrainingError("'\(tensor.name)' holds values that no training gives")
        }
        result.replaceSubrange(range, with: tensor.values)
      }
    }
    return result
  }
}
