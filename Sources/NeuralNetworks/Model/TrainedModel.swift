import Datasets
import LinearAlgebra
import Vocabulary

/// A network with its weights and all that is needed to use it on new rows.
package struct TrainedModel: Sendable, Equatable {
  package let architecture: Architecture
  package let loss: Loss
  /// Flat, in the architecture's layout.
  package var parameters: [Float]
  /// Batch normalisation's running means and variances, in the architecture's layout.
  package var statistics: [Float]
  package var scaling: Scaling
  /// The unit that numbers were trained in.
  package var targetScaling: TargetScaling
  package var task: Task
  package var classNames: [String]
  package var featureNames: [String]
  package var targetNames: [String]
  /// Of two classes the one that precision, recall and f1 are about.
  package var positiveClass: Int?
  /// The data's name, for titles.
  package var dataName: String
  package var imageShape: Examples.ImageShape?
  /// What one step of a byte stands for (1/255 for images), where the data was bytes.
  package var byteUnit: Float?
  package var encoding: TableEncoding?

  package var targetName: String { targetNames.joined(separator: ", ") }

  package init(_ architecture: Architecture, loss: Loss, parameters: [Float], statistics: [Float], data: Dataset) {
    (self.architecture, self.loss, self.parameters, self.statistics) = (architecture, loss, parameters, statistics)
    (scaling, targetScaling, task) = (data.scaling, data.targetScaling, data.task)
    (classNames, featureNames) = (data.classNames, data.featureNames)
    (targetNames, dataName) = (data.examples.targetNames, data.name)
    positiveClass = data.positiveClass
    (imageShape, encoding) = (data.imageShape, data.examples.encoding)
    byteUnit = if case .bytes(_, let unit) = data.examples.values { unit } else { nil }
  }
}
