import Vocabulary

/// A mean of the weights beside the training: what is evaluated, saved and restored instead of the last step's.
package enum Averaging {
  package static let syntax = Syntax(
    "ema", "a running mean of the weights after each update, which is evaluated and saved in their place",
    formula: "mean = p after the first update; then mean = decay mean + (1 - decay) p",
    source: "B. Polyak and A. Juditsky, 1992; PyTorch's AveragedModel with get_ema_avg_fn",
    options: [
      Option(
        "decay", .float(FloatRange(0, 1, highIsOpen: true)), default: .float(0.99),
        "decay rate: the mean is over about 1 / (1 - decay) updates")
    ], example: "averaging=ema(0.999)")

  static func decay(_ call: Call) -> Double { call.float("decay", syntax) ?? 0.99 }
}
