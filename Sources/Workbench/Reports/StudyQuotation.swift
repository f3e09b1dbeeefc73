import Drawing
import Search
import Studies

/// What may be quoted of a study's best trial: `best` shows it, `best.interval`, `best.ties` and `best.beats_default` are it.
struct StudyQuotation {
  let study: Study
  let best: TrialRecord
  private let quotation: Quotation
  private let trials: [Int: TrialRecord]
  private let sign: Double

  /// Less than one point of an accuracy is not worth a larger network.
  private static let shareMargin = 0.01

  /// nil if nothing tells how far the best value may be off: one training on few rows, or another program's values.
  init?(_ best: TrialRecord, of study: Study) {
    guard let direction = study.directions.first, study.directions.count == 1 else { return nil }
    let sign = direction == .minimize ? 1.0 : -1
    let confirmed = study.settings.confirmations
    let candidates = study.trials.filter {
      $0.state == .complete && $0.isFeasible && $0.values.first?.isFinite ?? false
    }
    // A configuration that was tried twice is one.
    var seen: Set<Point> = []
    let distinct = candidates.filter {
      $0.number == best.number || !($0.point == best.point) && seen.insert($0.point).inserted
    }
    let hasConfirmed = confirmed[best.number] != nil
    let measurements = distinct.compactMap { trial -> Measurement? in
      var measurement = Measurement(
        number: trial.number, value: sign * trial.values[0], parts: trial.precision.parts.map { sign * $0 },
        folds: trial.precision.folds, replicates: trial.precision.replicates.map { sign * $0 })
      guard hasConfirmed else { return measurement }
      guard let again = confirmed[trial.number], again.count > 1 else { return nil }
      measurement.parts = again.map { sign * $0 }
      measurement.value = measurement.parts.reduce(0, +) / Double(again.count)
      measurement.folds = 0
      return measurement
    }
    guard let quotation = Quotation(best: best.number, among: measurements) else { return nil }
    (self.study, self.best, self.quotation, self.sign) = (study, best, quotation, sign)
    trials = Dictionary(distinct.map { ($0.number, $0) }, uniquingKeysWith: { $1 })
  }

  /// What the value is on new rows, 95 of 100 times.
  var interval: ClosedRange<Double>? {
    if let counted { return counted }
    guard let keys = quotation.interval() else { return nil }
    let (low, high) = sign > 0 ? (keys.lowerBound, keys.upperBound) : (-keys.upperBound, -keys.lowerBound)
    return study.isShare(0) ? max(0, min(low, 1))...min(1, max(high, 0)) : low...high
  }

  /// An accuracy of one training is a count.
  private var counted: ClosedRange<Double>? {
    guard study.metrics[0] == "val_accuracy", study.isShare(0), quotation.best.parts.isEmpty, best.precision.rows > 0
    else { return nil }
    return Wilson.interval(share: sign * quotation.expected, rows: best.precision.rows)
  }

  /// Trials that the best cannot be told from, the one with the fewest parameters first.
  var ties: [TrialRecord] {
    let margin = study.isShare(0) ? Self.shareMargin : 0
    func size(_ trial: TrialRecord) -> Double { trial.metrics["parameters"] ?? .infinity }
    return quotation.ties(by: margin).compactMap { trials[$0.number] }.enumerated().sorted {
      (size($0.element), $0.offset) < (size($1.element), $1.offset)
    }.map(\.element)
  }

  /// The trial that stands for doing without tuning: the one with every default, else the first.
  var defaultTrial: TrialRecord? {
    let ordered = trials.values.sorted { $0.number < $1.number }
    return ordered.first(where: isStandard) ?? ordered.first
  }

  private func isStandard(_ trial: TrialRecord) -> Bool {
    trial.params.allSatisfy { parameter in
      Hyperparameters.standard[parameter.name].map { ParameterValue($0).isSame(as: parameter.value) } ?? false
    }
  }

  /// The chance that the best is better than that one; nil if it is that one, or they cannot be compared.
  var chanceOfBeatingDefault: Double? {
    guard let other = defaultTrial, other.number != best.number,
      let measurement = quotation.all.first(where: { $0.number == other.number })
    else { return nil }
    return quotation.chanceOfBeating(measurement)
  }

  /// Lines of `best`.
  var rows: [[String]] {
    var rows: [[String]] = []
    if let values = study.settings.confirmations[best.number], values.count > 1 {
      rows.append(["mean of \(values.count) trainings", study.text(values.reduce(0, +) / Double(values.count), 0)])
    }
    if let interval {
      rows.append([
        "95 % interval", "\(study.text(interval.lowerBound, 0)) to \(study.text(interval.upperBound, 0))",
      ])
    }
    if let chance = chanceOfBeatingDefault, let other = defaultTrial {
      let which = isStandard(other) ? "all defaults" : "the first"
      rows.append(["better than trial \(other.number), \(which)", Self.percent(chance)])
    }
    let ties = ties
    if !ties.isEmpty {
      let numbers = Explanation.list(ties.map { "\($0.number)" }, within: 30)
      rows.append(["as good, simplest first", numbers])
    }
    return rows
  }

  /// `97 %`; what is not certain is never shown as 100 %.
  static func percent(_ chance: Double) -> String {
    chance > 0.99 ? "over 99 %" : chance < 0.01 ? "under 1 %" : Number.percent(chance, decimals: 0)
  }
}
