import NeuralNetworks
import Vocabulary

/// The defaults of what several optimizers take, each with its owners: `0.001 (sgd, adam, adamw), 0.01 (adagrad, rmsprop)`.
enum OptimizerDefaults {
  /// The default of this parameter of `train`; nil if it is the same for all, or is no optimizer's.
  static func text(_ parameter: String) -> String? {
    let owned: [(owner: String, value: String)] = Optimizers.all.compactMap { optimizer in
      value(of: parameter, optimizer).map { (optimizer.syntax.name, $0) }
    }
    guard Set(owned.map(\.value)).count > 1 else { return nil }
    var order: [String] = []
    for entry in owned where !order.contains(entry.value) { order.append(entry.value) }
    return order.map { value in
      "\(value) (" + owned.filter { $0.value == value }.map(\.owner).joined(separator: ", ") + ")"
    }.joined(separator: ", ")
  }

  private static func value(of parameter: String, _ optimizer: any Optimizer.Type) -> String? {
    switch parameter {
    case "learning_rate": "\(optimizer.defaultLearningRate)"
    case "weight_decay": "\(optimizer.init(Call(optimizer.syntax.name)).defaultWeightDecay)"
    default: optimizer.syntax.options.first { $0.name == parameter }?.standard?.description
    }
  }
}
