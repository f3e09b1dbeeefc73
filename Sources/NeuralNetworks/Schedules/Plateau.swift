import Vocabulary

/// Cuts the rate when the loss has stopped falling.
package struct Plateau: Schedule {
  package static let syntax = Syntax(
    "plateau", "cuts the rate when the loss stops falling",
    formula: "rate *= factor after more than `patience` epochs in a row without loss < best (1 - threshold)",
    source: "PyTorch's ReduceLROnPlateau",
    options: [
      Option(
        "factor", .float(FloatRange(0, 1, lowIsOpen: true, highIsOpen: true)), default: .float(0.5),
        "what a cut multiplies by"),
      Option("patience", .int(0...1_000_000), default: .int(5), "epochs without progress that are borne"),
      Option("threshold", .float(.share), default: .float(1e-4), "how much better, relatively, counts as progress"),
      Option("cooldown", .int(0...1_000_000), default: .int(0), "epochs after a cut that are not counted"),
      Option("min", .float(.nonNegative), default: .float(0), "the least rate"),
    ], example: "schedule=plateau(factor=0.5, patience=5)")
  private let factor: Double
  private let patience: Int
  private let threshold: Double
  private let cooldown: Int
  private let least: Double
  private var current: Double
  private var best = Double.infinity
  private var bad = 0
  private var cooling = 0

  package init(_ call: Call, _ horizon: ScheduleHorizon) {
    current = horizon.learningRate
    factor = call.float("factor", Self.syntax) ?? 0.5
    patience = call.int("patience", Self.syntax) ?? 5
    threshold = call.float("threshold", Self.syntax) ?? 1e-4
    cooldown = call.int("cooldown", Self.syntax) ?? 0
    least = call.float("min", Self.syntax) ?? 0
  }

  package func rate(_ moment: ScheduleMoment) -> ScheduledRate { ScheduledRate(current) }

  package mutating func observe(_ loss: Double) {
    if loss < best * (1 - threshold) {
      best = loss
      bad = 0
    } else {
      bad += 1
    }
    if cooling > 0 {
      cooling -= 1
      bad = 0
    }
    guard bad > patience else { return }
    // A change of 1e-8 or less is not made.
    let next = max(current * factor, least)
    if current - next > 1e-8 { current = next }
    cooling = cooldown
    bad = 0
  }

  package var memory: [Double] {
    get { [current, best, Double(bad), Double(cooling)] }
    set {
      guard newValue.count == 4, FloatRange.nonNegative.contains(newValue[0]), !newValue[1].isNaN,
        let bad = Int(exactly: newValue[2]), (0...patience).contains(bad),
        let cooling = Int(exactly: newValue[3]), (0...cooldown).contains(cooling)
      else { return }
      (current, best, self.bad, self.cooling) = (newValue[0], newValue[1], bad, cooling)
    }
  }
}
