/// What a parameter is for, told by its name: the names that papers and programs give to the same thing.
enum UsualName: Hashable, CaseIterable {
  case learningRate, batchSize, weightDecay, momentum, layers, neurons, dropout, optimizer, activation, schedule

  /// By a name as it is typed, with or without a path before it and a layer's number after it: `lr`, `mlp__alpha`,
  /// `optimizer.lr`, `hidden[0]`, `n_units_l1`.
  init?(of name: String) {
    let name = Self.plain(name)
    guard let role = Self.allCases.first(where: { $0.names.contains(name) }) else { return nil }
    self = role
  }

  private var names: [String] {
    switch self {
    case .learningRate:
      ["lr", "learning_rate", "learning_rate_init", "init_lr", "initial_lr", "eta", "step_size", "learningrate"]
    case .batchSize:
      ["batch_size", "batch", "bs", "batchsize", "mini_batch_size", "minibatch_size", "train_batch_size"]
    case .weightDecay: ["weight_decay", "wd", "l2", "alpha", "decay", "l2_reg", "l2_regularization", "weightdecay"]
    case .momentum: ["momentum"]
    case .layers:
      ["layers", "num_layers", "n_layers", "depth", "num_hidden_layers", "n_hidden_layers", "hidden_layers"]
    case .neurons:
      [
        "neurons", "units", "n_units", "num_units", "width", "hidden", "hidden_size", "hidden_dim", "hidden_units",
        "max_units",
        "n_hidden", "num_hidden", "n_neurons", "num_neurons",
      ]
    case .dropout: ["dropout", "dropout_rate", "max_dropout", "drop_rate", "p_dropout", "dropout_p"]
    case .optimizer: ["optimizer", "optimiser", "solver", "optim", "opt"]
    case .activation: ["activation", "activation_fn", "activation_function", "act"]
    case .schedule: ["schedule", "lr_schedule", "scheduler", "lr_scheduler"]
    }
  }

  /// Values for the first trials, where it is a number. The learning rates are those of adam and its kin.
  var numbers: [Double] {
    switch self {
    case .learningRate: [0.001, 0.003, 0.0003]
    case .batchSize: [64, 128, 32]
    case .weightDecay: [1e-4, 1e-5, 1e-3]
    case .momentum: [0.9, 0.9, 0.9]
    case .layers: [2, 3, 2]
    case .neurons: [256, 512, 128]
    case .dropout: [0.2, 0, 0.2]
    case .optimizer, .activation, .schedule: []
    }
  }

  /// What to take of a set of words, the best first.
  var words: [String] {
    switch self {
    case .optimizer: ["adamw", "adam", "nadam", "rmsprop", "sgd"]
    case .activation: ["relu", "gelu", "silu", "swish", "elu", "tanh"]
    case .schedule: ["cosine"]
    default: []
    }
  }

  /// The name in small letters, without the path before it and a layer's number after it.
  private static func plain(_ name: String) -> String {
    var name = name.lowercased()
    for separator in [".", "__", "/", ":"] {
      if let last = name.split(separator: separator).last { name = String(last) }
    }
    if let bracket = name.firstIndex(of: "[") { name = String(name[..<bracket]) }
    let digits = name.reversed().prefix { $0.isNumber }.count
    if digits > 0 && digits < name.count && !["l2"].contains(name) {
      name.removeLast(digits)
      if name.hasSuffix("_l") { name.removeLast(2) }
      if name.hasSuffix("_layer") { name.removeLast(6) }
      if name.hasSuffix("_") { name.removeLast() }
    }
    return name.replacing("-", with: "_").replacing(" ", with: "_")
  }
}
