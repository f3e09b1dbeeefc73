import Datasets

extension TrainedModel {
  private struct Header: Codable {
    var kind = "model"
    var architecture: Architecture
    var loss: Loss
    var scaling: Scaling
    /// Not there in files of older versions, whose targets were not scaled.
    var targetScaling: TargetScaling?
    var task: Task
    var classNames: [String]
    var featureNames: [String]
    var targetName: String
    var targetNames: [String]?
    var dataName: String
    var imageShape: Examples.ImageShape?
    var byteUnit: Float?
    var encoding: TableEncoding?
    var positiveClass: Int?
  }

  /// What `save "model.attune"` writes.
  package func bytes() throws -> [UInt8] {
    try Container.bytes(
      Header(
        architecture: architecture, loss: loss, scaling: scaling, targetScaling: targetScaling, task: task,
        classNames: classNames, featureNames: featureNames, targetName: targetName, targetNames: targetNames,
        dataName: dataName, imageShape: imageShape,
        byteUnit: byteUnit, encoding: encoding, positiveClass: positiveClass), [parameters, statistics])
  }

  /// Throws `TrainingError` where the bytes are no model.
  package init(bytes: [UInt8]) throws {
    guard let (header, arrays) = try? Container.read(bytes, as: Header.self), header.kind == "model", arrays.count == 2
    else { throw Self.damaged }
    (architecture, loss, parameters, statistics) = (header.architecture, header.loss, arrays[0], arrays[1])
    (scaling, targetScaling) = (header.scaling, header.targetScaling ?? .identity)
    (task, classNames) = (header.task, header.classNames)
    targetNames = header.targetNames ?? [header.targetName]
    (featureNames, dataName) = (header.featureNames, header.dataName)
    positiveClass = header.positiveClass.flatMap { header.classNames.indices.contains($0) ? $0 : nil }
    (imageShape, byteUnit, encoding) = (header.imageShape, header.byteUnit, header.encoding)
    guard isWhole else { throw Self.damaged }
  }

  private static var damaged: TrainingError {
    TrainingError("the file is not a whole model", hint: "write it again with save, or copy it again")
  }
}
