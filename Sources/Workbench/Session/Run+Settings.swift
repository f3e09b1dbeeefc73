import NeuralNetworks
import Vocabulary

extension Run {
  /// Every setting of the network and the training, in the words of `network` and `train`, in the order of their help.
  ///
  /// What was not set has its default; the optimizer's own options follow it.
  var settings: [(name: String, value: Argument)] { networkSettings + trainingSettings }

  /// Those that are not the default: `learning_rate=0.1 hidden=[64]`.
  var ownSettings: [(name: String, value: Argument)] {
    var plain = self
    (plain.plan, plain.network) = (TrainingPlan(), NetworkDescription())
    let standard = Dictionary(plain.settings.map { ($0.name, $0.value) }) { first, _ in first }
    return settings.filter { $0.name != "seed" && $0.value != standard[$0.name] }
  }

  private var networkSettings: [(name: String, value: Argument)] {
    [
      ("hidden", .list(network.hidden.map(Argument.int))), ("activation", .text(network.activation.rawValue)),
      ("initializer", network.initializer.map(Argument.call) ?? .none), ("dropout", .float(network.dropout)),
      ("norm", .text(network.normalization.rawValue)),
      ("output", network.output.map { .text($0.rawValue) } ?? .none),
    ]
  }

  private var trainingSettings: [(name: String, value: Argument)] {
    let batch: Argument = if case .rows(let rows) = plan.batchSize { .int(rows) } else { .text("all") }
    let type = try? Optimizers.type(named: plan.optimizer.name)
    let rate = plan.learningRate ?? type?.defaultLearningRate
    let weights: Argument =
      switch plan.classWeight {
      case .none: .text("none")
      case .balanced: .text("balanced")
      case .explicit(let weights): .list(weights.map(Argument.float))
      }
    return [
      ("epochs", .int(plan.epochs)), ("batch_size", batch), ("optimizer", .call(plan.optimizer)),
      ("learning_rate", rate.map(Argument.float) ?? .none), ("schedule", .call(plan.schedule)),
      ("averaging", plan.averaging.map(Argument.call) ?? .none),
      ("weight_decay_schedule", .call(plan.weightDecaySchedule ?? Call("constant"))),
      ("dropout_schedule", .call(plan.dropoutSchedule ?? Call("constant"))),
      ("loss", plan.loss.map(Argument.call) ?? .none), ("early_stopping", earlyStopping),
      ("weight_decay", plan.weightDecay.map(Argument.float) ?? .none), ("l1", .float(plan.l1)),
      ("clip_norm", plan.clipNorm.map(Argument.float) ?? .none),
      ("max_norm", plan.maxNorm.map(Argument.float) ?? .none), ("noise", .float(plan.noise)),
      ("class_weight", weights), ("accumulate", .int(plan.accumulate)), ("shuffle", .bool(plan.shuffle)),
      ("seed", .int(plan.seed.typed)),
    ]
  }

  private var earlyStopping: Argument {
    guard let stopping = plan.earlyStopping else { return .none }
    var arguments: [Call.Named] = [.init("epochs", .int(stopping.patience))]
    if stopping.minDelta != 0 { arguments.append(.init("min_delta", .float(stopping.minDelta))) }
    if let monitor = stopping.monitor, monitor != "val_loss" { arguments.append(.init("monitor", .text(monitor))) }
    return .call(Call("patience", arguments))
  }
}

extension Run {
  /// Whether two runs were measured on the same rows.
  func isMeasured(like other: Run) -> Bool {
    guard let a = data, let b = other.data else { return false }
    return a.source == b.source && a.dataset.validation == b.dataset.validation
      && a.dataset.training == b.dataset.training
  }
}
