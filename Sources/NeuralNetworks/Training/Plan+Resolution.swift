import Datasets
import Vocabulary

extension TrainingPlan {
  func rowsPerBatch(of rows: Int) -> Int {
    switch batchSize {
    case .rows(let count): min(count, max(rows, 1))
    case .all: max(rows, 1)
    }
  }

  /// A factor for each class; empty where all count alike.
  func classWeights(_ data: Dataset) throws -> [Float] {
    switch classWeight {
    case .none: return []
    case .balanced:
      guard data.task == .classification else {
        throw TrainingError("class_weight=balanced needs classes, but the target is a number", about: "class_weight")
      }
      let counts = data.classCounts(.train)
      let total = Double(data.training.count)
      return counts.map { $0 == 0 ? 0 : Float(total / (Double(counts.count) * Double($0))) }
    case .explicit(let weights):
      guard data.task == .classification else {
        throw TrainingError("class_weight needs classes, but the target is a number", about: "class_weight")
      }
      guard weights.count == data.classCount else {
        throw TrainingError(
          "class_weight has \(weights.count) values for \(data.classCount) classes", about: "class_weight")
      }
      guard weights.allSatisfy({ $0.isFinite && $0 >= 0 }), weights.contains(where: { $0 > 0 }) else {
        throw TrainingError("class_weight must be finite and not negative, and not all zero", about: "class_weight")
      }
      return weights.map(Float.init)
    }
  }
}

/// What the values of a plan must be; the workbench checks the same from the declared options, with spans.
enum PlanCheck {
  static func check(_ network: NetworkDescription, _ plan: TrainingPlan, _ data: Dataset) throws {
    if let width = network.hidden.first(where: { $0 < 1 }) {
      throw TrainingError("a hidden layer of \(width) neurons cannot be: it needs at least 1")
    }
    guard network.dropout >= 0, network.dropout < 1 else {
      throw TrainingError("dropout=\(network.dropout) is not from 0 to below 1", about: "dropout")
    }
    guard plan.epochs >= 1 else { throw TrainingError("epochs=\(plan.epochs) is not at least 1", about: "epochs") }
    if case .rows(let count) = plan.batchSize, count < 1 {
      throw TrainingError(
        "batch_size=\(count) is not at least 1", hint: "batch_size=all takes all rows at once", about: "batch_size")
    }
    if let rate = plan.learningRate, !(rate > 0 && rate.isFinite) {
      throw TrainingError("learning_rate=\(rate) is not a finite number above 0", about: "learning_rate")
    }
    guard plan.accumulate >= 1 else {
      throw TrainingError("accumulate=\(plan.accumulate) is not at least 1", about: "accumulate")
    }
    for (name, value) in [("weight_decay", plan.weightDecay ?? 0), ("l1", plan.l1), ("noise", plan.noise)] {
      guard value >= 0, value.isFinite else {
        throw TrainingError("\(name)=\(value) is not a finite number from 0 on", about: name)
      }
    }
    for (name, value) in [("clip_norm", plan.clipNorm), ("max_norm", plan.maxNorm)] {
      if let value, !(value > 0) { throw TrainingError("\(name)=\(value) is not above 0", about: name) }
    }
    if let stopping = plan.earlyStopping, stopping.patience < 0 || !(stopping.minDelta >= 0) {
      throw TrainingError("early stopping needs a patience and a min_delta from 0 on", about: "early_stopping")
    }
    guard !data.training.isEmpty else { throw TrainingError("there are no rows to train on") }
    if network.batchNormalization, plan.rowsPerBatch(of: data.training.count) == 1 {
      throw TrainingError(
        "batch_norm needs batches of more than one row: one row has no deviation",
        hint: "use batch_size=32 or norm=layer",
        about: "batch_size")
    }
  }
}

/// Refuses a network that would not fit in memory before anything is allocated.
enum MemoryCheck {
  static func check(
    _ network: NetworkDescription, _ plan: TrainingPlan, _ data: Dataset, outputs: Int, threads: Int
  ) throws {
    let parameters = network.parameterCount(inputs: data.featureCount, outputs: outputs)
    let slots = try Optimizers.type(named: plan.optimizer.name).init(plan.optimizer).slots
    let widths = [data.featureCount, outputs].map(Double.init) + network.hidden.map(Double.init)
    let batchRows = plan.rowsPerBatch(of: data.training.count)
    let rows = Double(
      Workspace.chunkRows(
        batchNormalization: network.batchNormalization, parameters: parameters, batchRows: batchRows))
    let noted = network.dropout > 0 || network.normalization != .none ? 2.0 : 0
    let bytes =
      4
      * (Double(parameters) * Double(slots + 3) + (3 + noted) * rows * widths.reduce(0, +)
        + Double(threads * 3 * EvaluationJob.shardRows) * (widths.max() ?? 1))
    let available = Double(MemoryBudget.available)
    guard bytes < available else {
      throw TrainingError(
        "the network has \(parameters == .max ? "more than \(Int.max)" : "\(parameters)") parameters and would take "
          + "\(Memory.text(bytes)) to train; \(Memory.text(available)) are free",
        hint: "take fewer or narrower layers" + (MemoryBudget.isLimited ? ", or a larger limit (ulimit -v)" : ""),
        about: "hidden")
    }
  }
}
