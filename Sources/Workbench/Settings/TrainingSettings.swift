import NeuralNetworks
import Vocabulary

/// What `train` takes of the training itself, and how it makes a plan. `tune` fixes the same names.
package enum TrainingSettings {
  private static let counts = 1...Int(Int32.max)

  package static let options: [Option] =
    [
      Option("epochs", .int(1...1_000_000), default: .int(10), "passes over the training rows"),
      Option(
        "batch_size", .either([.int(counts), .word(["all"])]), default: .int(64),
        "rows per update; all is batch gradient descent, 1 is stochastic"),
      Option("optimizer", .call(Optimizers.syntaxes), default: .call(Call("adam")), "the update rule"),
      Option("learning_rate", .float(.positive), defaultText: "the optimizer's in PyTorch", "step size"),
    ] + optimizerOptions + [
      Option(
        "schedule", .call(Schedules.syntaxes), default: .call(Call("constant")),
        "how the learning rate changes over the epochs"),
      Option(
        "averaging", .either([.call([Averaging.syntax]), .word(["none"])]), defaultText: "none",
        "a mean of the weights over the updates, evaluated and saved in their place"),
      Option(
        "loss", .call(Losses.all), defaultText: "inferred from the task", "the function that training minimises"),
      Option(
        "early_stopping", .either([.call([EarlyStopping.syntax]), .word(["none"])]), defaultText: "none",
        "stops when the monitored value no longer improves, and restores the best weights"),
      Option(
        "weight_decay", .float(.nonNegative), defaultText: "the optimizer's in PyTorch",
        "adds wd * w to the gradient (decoupled in adamw)"),
      Option(
        "weight_decay_schedule", .call(Schedules.syntaxes), default: .call(Call("constant")),
        "how the weight decay changes over the epochs"),
      Option(
        "dropout_schedule", .call(Schedules.syntaxes), default: .call(Call("constant")),
        "how the dropout changes over the epochs"),
      Option("l1", .float(.nonNegative), default: .float(0), "adds l1 * sign(w) to the gradients of weights"),
      Option(
        "clip_norm", .either([.float(.positive), .word(["none"])]), defaultText: "none",
        "largest norm of the gradient; a larger one is scaled down"),
      Option(
        "max_norm", .either([.float(.positive), .word(["none"])]), defaultText: "none",
        "largest norm of each neuron's incoming weights"),
      Option(
        "noise", .float(.nonNegative), default: .float(0), "standard deviation of noise on the standardised inputs"),
      Option(
        "class_weight", .either([.word(["none", "balanced"]), .list(of: .float(.nonNegative))]), default: .text("none"),
        "weight of each class in the loss"),
      Option("accumulate", .int(counts), default: .int(1), "batches accumulated per update"),
      Option(
        "metrics", .list(of: .call(Metrics.all.map { $0.syntax })), "measured on the validation rows after every epoch"),
      Option("shuffle", .bool, default: .bool(true), "false keeps the rows in the file's order in every epoch"),
    ]

  /// The options of every optimizer, as keys of `train`, each once.
  private static let optimizerOptions: [Option] = {
    var seen: Set<String> = ["learning_rate", "weight_decay"]
    return Optimizers.syntaxes.flatMap(\.options).filter { seen.insert($0.name).inserted }
  }()

  /// The early stopping rule, said as a call.
  package enum EarlyStopping {
    package static let syntax = Syntax(
      "patience", "stops after so many epochs in a row without improvement; the best weights are restored",
      source: "strict improvement by more than min_delta",
      options: [
        Option("epochs", .int(1...1_000_000), default: .int(10), "epochs in a row without improvement"),
        Option("min_delta", .float(.nonNegative), default: .float(0), "what counts as an improvement"),
        Option("monitor", .name(.metric), default: .text("val_loss"), "the value that is watched"),
      ], example: "patience(5, min_delta=1e-4)")
  }

  /// The plan that levels of settings give, each level over the ones before it. Throws a `SettingError`.
  package static func plan(
    _ levels: [[String: Argument]], seed: UInt64, ignoringForeignOptions: Bool = false
  ) throws -> TrainingPlan {
    var said: [String: Argument] = [:]
    for level in levels { said.merge(level) { $1 } }
    var plan = TrainingPlan()
    plan.seed = seed
    if let epochs = said["epochs"]?.int { plan.epochs = epochs }
    if let rows = said["batch_size"]?.int { plan.batchSize = .rows(rows) }
    if said["batch_size"]?.text == "all" { plan.batchSize = .all }
    plan.optimizer = try optimizer(said, ignoringForeignOptions)
    plan.learningRate = said["learning_rate"]?.float
    if let schedule = said["schedule"]?.call { plan.schedule = schedule }
    plan.averaging = said["averaging"]?.call.flatMap { $0.name == Averaging.syntax.name ? $0 : nil }
    plan.weightDecaySchedule = said["weight_decay_schedule"]?.call
    plan.dropoutSchedule = said["dropout_schedule"]?.call
    plan.loss = said["loss"]?.call
    if let call = said["early_stopping"]?.call, call.name == "patience" {
      let syntax = EarlyStopping.syntax
      plan.earlyStopping = .init(
        patience: call.int("epochs", syntax)!, minDelta: call.float("min_delta", syntax)!,
        monitor: call.text("monitor", syntax))
    }
    plan.weightDecay = said["weight_decay"]?.float
    plan.l1 = said["l1"]?.float ?? 0
    plan.clipNorm = said["clip_norm"]?.float
    plan.maxNorm = said["max_norm"]?.float
    plan.noise = said["noise"]?.float ?? 0
    if said["class_weight"]?.text == "balanced" { plan.classWeight = .balanced }
    if let weights = said["class_weight"]?.list { plan.classWeight = .explicit(weights.compactMap(\.float)) }
    plan.accumulate = said["accumulate"]?.int ?? 1
    plan.metrics = said["metrics"]?.list?.compactMap(\.call) ?? []
    plan.shuffle = said["shuffle"]?.bool ?? true
    return plan
  }

  /// The optimizer with those keys of `train` that are its own. A key of another optimizer is a mistake.
  private static func optimizer(_ said: [String: Argument], _ ignoringForeignOptions: Bool) throws -> Call {
    var call = said["optimizer"]?.call ?? Call("adam")
    guard let own = Optimizers.syntaxes.first(where: { $0.name == call.name }) else { return call }
    for option in optimizerOptions {
      guard let value = said[option.name] else { continue }
      guard own.options.contains(where: { $0.name == option.name }) else {
        if ignoringForeignOptions { continue }
        let owners = Optimizers.syntaxes.filter { $0.options.contains { $0.name == option.name } }.map(\.name)
        throw SettingError(
          parameter: option.name, message: "'\(option.name)' is not an option of '\(call.name)'",
          hint: "it belongs to " + owners.joined(separator: ", "))
      }
      call.arguments.removeAll { $0.name == option.name }
      call.arguments.append(.init(option.name, value))
    }
    return call
  }
}

/// Settings that do not go together; the command puts it under the parameter that was said.
package struct SettingError: Error {
  package var parameter: String
  package var message: String
  package var hint: String?
}
