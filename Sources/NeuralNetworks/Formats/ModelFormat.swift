import Vocabulary

/// A file format that a trained network can leave in.
package struct ModelFormat: Sendable {
  /// A file of an export; all of them lie in one folder.
  package struct File: Sendable, Equatable {
    package var name: String
    package var bytes: [UInt8]

    package init(name: String, bytes: [UInt8]) { (self.name, self.bytes) = (name, bytes) }
  }

  /// The file name's ending, without the point.
  package let ending: String
  /// One line: what is written.
  package let summary: String
  /// The packages that a program in this format needs; nil for data.
  package let needs: String?
  private let write: @Sendable (TrainedModel, _ stem: String) throws -> [File]

  init(
    _ ending: String, _ summary: String, needs: String? = nil,
    write: @escaping @Sendable (TrainedModel, _ stem: String) throws -> [File]
  ) {
    (self.ending, self.summary, self.needs, self.write) = (ending, summary, needs, write)
  }

  /// The files of an export called `stem.ending`, that one last. Throws `TrainingError` for what the format cannot hold.
  package func files(_ model: TrainedModel, stem: String) throws -> [File] {
    guard model.parameters.allSatisfy(\.isFinite), model.statistics.allSatisfy(\.isFinite) else {
      throw TrainingError(
        "the network holds weights that are not finite: its training diverged", hint: "train with a lower learning_rate"
      )
    }
    return try write(model, stem)
  }

  /// A format of one file.
  static func single(
    _ ending: String, _ summary: String, bytes: @escaping @Sendable (TrainedModel) throws -> [UInt8]
  ) -> ModelFormat {
    ModelFormat(ending, summary) { model, stem in [File(name: "\(stem).\(ending)", bytes: try bytes(model))] }
  }
}

/// Every format that `export` writes a network in.
package enum ModelFormats {
  package static let all: [ModelFormat] = [.torch, .onnx, .safetensors, .npz, .json]

  /// The format of a file name; nil where its ending is none of them.
  package static func format(of name: String) -> ModelFormat? {
    let ending = name.split(separator: ".").last.map { $0.lowercased() }
    return all.first { $0.ending == ending }
  }
}
