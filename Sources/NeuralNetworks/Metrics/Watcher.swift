import Datasets
import Vocabulary

/// Measures at the end of every epoch what the plan asks for: val_loss and accuracies always, more where named.
struct Watcher {
  private let requests: [MetricRequest]
  private let data: Dataset

  init(_ plan: TrainingPlan, _ data: Dataset) throws {
    self.data = data
    var requests = try plan.metrics.map { try MetricRequest($0, data: data) }
    if let monitor = plan.earlyStopping?.monitor,
      !["train_loss", "val_loss", "train_accuracy", "val_accuracy"].contains(monitor),
      !requests.contains(where: { $0.name == monitor })
    {
      requests.append(try MetricRequest(Call(monitor), data: data, about: "early_stopping"))
    }
    self.requests = requests
  }

  func direction(of name: String) -> Metric.Direction {
    if let request = requests.first(where: { $0.name == name }) { return request.direction }
    return Metrics.direction(of: name) ?? .minimize
  }

  func measure(_ engine: Engine, into record: inout EpochRecord) {
    for split in [Split.validation, .train, .test] {
      let wanted = requests.filter { $0.split == split }
      let rows = data.rows(split)
      guard !rows.isEmpty, split == .validation || !wanted.isEmpty else { continue }
      let showsFit = split == .validation && data.task == .regression
      let needsOutputs = showsFit || wanted.contains { $0.needsOutputs }
      let (sums, outputs) = engine.evaluate(rows, collecting: needsOutputs)
      let weight = rows.withUnsafeBufferPointer { engine.labels.weightSum($0) }
      let loss = sums.loss / weight
      let accuracy = sums.correct / weight
      if split == .validation {
        record.valLoss = loss
        if data.task == .classification { record.metrics["val_accuracy"] = accuracy }
      }
      func scores() -> Scores {
        Scores(
          data, split, outputs: outputs, width: engine.architecture.outputs, loss: loss, scaling: engine.targetScaling)
      }
      if showsFit { record.metrics["val_r2"] = scores().determination }
      for request in wanted {
        if request.isDuplicate(in: record) { continue }
        record.metrics[request.name] = request.value(loss: loss, accuracy: accuracy, scores: scores)
      }
    }
  }
}

extension Engine {
  func evaluate(_ rows: [Int32], collecting: Bool) -> (LossSums, [Float]) {
    rows.withUnsafeBufferPointer { rows in
      guard collecting else { return (evaluate(rows), []) }
      var sums = LossSums()
      let outputs = [Float](unsafeUninitializedCapacity: rows.count * architecture.outputs) { buffer, count in
        sums = evaluate(rows, outputs: buffer.baseAddress)
        count = rows.count * architecture.outputs
      }
      return (sums, outputs)
    }
  }
}

extension Scores {
  /// `outputs` as the network gives them: `scaling` leads to the targets' own unit.
  init(
    _ data: Dataset, _ split: Split, outputs: [Float], width: Int, loss: Double, scaling: TargetScaling
  ) {
    self.init(outputs: outputs, width: width, classes: [], numbers: [], classCount: data.classCount, loss: loss)
    positive = data.positiveClass ?? 1
    let all = data.examples.weights
    if !all.isEmpty { weights = data.rows(split).map { all[Int($0)] } }
    switch data.examples.targets {
    case .classes(let all): classes = data.rows(split).map { all[Int($0)] }
    case .numbers(let all, let width):
      numbers = data.rows(split).flatMap { all[(Int($0) * width)..<((Int($0) + 1) * width)] }
      predicted = scaling.decode(outputs, width: width)
      if scaling.kind != .none { self.outputs = predicted.map(Float.init) }
    }
  }
}
