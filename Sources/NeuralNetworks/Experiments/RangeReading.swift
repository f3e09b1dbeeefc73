import Foundation

/// The losses of a range test, and what they say.
///
/// The suggestion is the first rate by which four fifths of the whole fall have happened, on the loss smoothed by a running
/// mean of weight 0.9. It is the same rule for every optimizer: a fixed share of the rate of the blow-up, as is usual for
/// sgd, is ten times too large for adam and the like, whose loss climbs slowly.
struct RangeReading {
  private(set) var points: [LearningRateFinder.Point] = []
  /// The rate at which the loss passed four times its least, or stopped being finite.
  private(set) var blowUp: Double?
  private var losses: [Double] = []
  private var mean = 0.0
  private var least = Double.infinity

  private static let weight = 0.9
  private static let share = 0.8

  /// Returns false if the loss has blown up and nothing more is to be learned.
  mutating func add(rate: Double, loss: Double) -> Bool {
    mean = Self.weight * mean + (1 - Self.weight) * loss
    let smooth = mean / (1 - pow(Self.weight, Double(points.count + 1)))
    guard smooth.isFinite else {
      blowUp = rate
      return false
    }
    points.append(.init(rate: rate, loss: smooth))
    losses.append(loss)
    least = min(least, smooth)
    if points.count > 10, smooth > 4 * least {
      blowUp = rate
      return false
    }
    return true
  }

  /// The loss before the rate is large enough to change it: the mean of the first twentieth, at least five updates.
  private var start: Double {
    let first = losses.prefix(max(5, losses.count / 20))
    return first.reduce(0, +) / Double(max(first.count, 1))
  }

  private var lowest: Int { points.indices.min { points[$0].loss < points[$1].loss } ?? 0 }

  /// How far a smoothed loss moves by chance: the deviation of batch losses around the curve, as the mean keeps it.
  private var noise: Double {
    let squares = zip(losses, points).map { ($0 - $1.loss) * ($0 - $1.loss) }
    // A blow-up is no chance: the median square stands for all.
    let middle = squares.sorted()[squares.count / 2] / 0.455
    return (middle * (1 - Self.weight) / (1 + Self.weight)).squareRoot()
  }

  /// Why the curve does not tell a rate; nil if it does.
  func doubt(low: Double, high: Double) -> TrainingError? {
    if points.count <= 5 {
      return TrainingError(
        "the loss blew up at once, at the lowest rate \(low)", hint: "use a low= that is a thousand times smaller")
    }
    let fall = start - points[lowest].loss
    guard fall > max(4 * noise, 0.02 * abs(start)) else {
      return blowUp != nil || points[points.count - 1].loss > start + max(4 * noise, 0.02 * abs(start))
        ? TrainingError(
          "the loss never fell: it only rose from \(low) on", hint: "use a low= that is a thousand times smaller")
        : TrainingError(
          "the loss neither fell nor blew up between \(low) and \(high)", hint: "use a larger high=, such as high=10")
    }
    if blowUp == nil, lowest >= points.count - max(3, points.count / 33) {
      return TrainingError(
        "the loss was still falling at the highest rate \(high): the end was not reached",
        hint: "use a larger high=, such as high=\(high * 100)")
    }
    return nil
  }

  var suggestion: Double? {
    guard !points.isEmpty else { return nil }
    let wanted = start - Self.share * (start - points[lowest].loss)
    return points[...lowest].first { $0.loss <= wanted }?.rate
  }
}
