import Datasets

extension TrainedModel {
  /// What a program needs beside the weights to rebuild the network, as the words of a safetensors header.
  var formatMetadata: [String: String] {
    [
      "format": "pt", "producer": "attune", "task": task.rawValue,
      "sizes": architecture.sizes.map(String.init).joined(separator: ","),
      "activation": architecture.activation.rawValue, "output": architecture.output.rawValue,
      "dropout": "\(architecture.dropout)", "batch_norm": "\(architecture.batchNormalization)",
      "norm": architecture.normalization.rawValue,
    ]
  }
}

extension ModelFormat {
  static let safetensors = single("safetensors", "the weights, float32, for any program") { model in
    try Safetensors.bytes(model.tensors, metadata: model.formatMetadata)
  }

  static let npz = single("npz", "the weights as a NumPy archive") { model in
    do {
      return try NPZFile.bytes(model.tensors.map { .init(name: $0.name, shape: $0.shape, values: $0.values) })
    } catch let error as DataError { throw TrainingError(error.message, hint: error.hint) }
  }
}
