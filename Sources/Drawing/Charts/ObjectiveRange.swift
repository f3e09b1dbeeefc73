#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Which axis suits values that a search produced: most are close together, some are far off.
struct ObjectiveRange {
  /// nil: all values.
  let range: ClosedRange<Double>?
  let isLog: Bool

  /// Log where positive values span more than two decades; else, where a few bad values would press the others flat, up to three
  /// interquartile ranges beyond the quartile on the bad side (Tukey's far out). O(n log n).
  /// What is `kept` (the front, the best) is always inside.
  init(_ values: [Double], maximizes: Bool, keeping kept: [Double] = []) {
    let sorted = values.filter { $0.isFinite }.sorted()
    guard sorted.count >= 4, let low = sorted.first, let high = sorted.last else {
      let isWide = (sorted.first ?? 0) > 0 && (sorted.last ?? 1) / (sorted.first ?? 1) > 100
      (range, isLog) = (nil, isWide)
      return
    }
    if low > 0, high / low > 100 {
      (range, isLog) = (nil, true)
      return
    }
    isLog = false
    let quarter = sorted[sorted.count / 4]
    let threeQuarters = sorted[(3 * sorted.count) / 4]
    let reach = 3 * (threeQuarters - quarter)
    let fence = maximizes ? quarter - reach : threeQuarters + reach
    let needed = kept.filter(\.isFinite)
    let inside = sorted.filter {
      maximizes ? $0 >= min(fence, needed.min() ?? fence) : $0 <= max(fence, needed.max() ?? fence)
    }
    guard reach > 0, reach.isFinite, inside.count < sorted.count, let first = inside.first, let last = inside.last,
      high - low > 4 * (last - first), last > first
    else {
      range = nil
      return
    }
    let pad = (last - first) * 0.06
    range = (first - pad)...(last + pad)
  }
}

extension StudyValues {
  /// Complete trials that can be ranked: an infinite value is better or worse than every other, as for Optuna.
  func ranked(_ objective: Int = 0) -> [TrialPoint] {
    trials.filter { $0.state == .complete && objective < $0.values.count && !$0.values[objective].isNaN }
  }

  /// Trials that ended with a value of the objective that can be drawn.
  func scored(_ objective: Int = 0) -> [TrialPoint] {
    trials.filter { $0.state == .complete && objective < $0.values.count && $0.values[objective].isFinite }
  }

  /// The best of the completed trials that break no rule, the earliest of equals.
  func best(_ objective: Int = 0) -> TrialPoint? {
    let maximizes = objective < objectives.count && objectives[objective].maximizes
    return ranked(objective).filter(\.isFeasible).min { a, b in
      let (first, second) = (a.values[objective], b.values[objective])
      return first == second ? a.number < b.number : (maximizes ? first > second : first < second)
    }
  }

  /// The first objective; a study that names none is drawn as if it had one called `value`.
  var objective: ObjectiveAxis { objectives.first ?? ObjectiveAxis("value") }

  /// `best 0.0812 in trial 17, 38 of 40 trials complete`; nil where none is.
  var bestInWords: String? {
    let ranked = ranked()
    if ranked.isEmpty { return nil }
    let best = best().map { "best \(AxisText.value($0.values[0], objective.format)) in trial \($0.number)" }
    let broken = ranked.filter { !$0.isFeasible }.count
    return (best ?? "no best trial")
      + ", \(ranked.count) of \(trials.count) trial\(trials.count == 1 ? "" : "s") complete"
      + (broken == 0
        ? ""
        : broken == ranked.count
          ? ", all of them break a constraint" : ", \(broken) break\(broken == 1 ? "s" : "") a constraint")
  }

  func value(of trial: TrialPoint, _ parameter: Int) -> Double? {
    parameter < trial.parameters.count ? trial.parameters[parameter] : nil
  }
}

extension ObjectiveAxis {
  /// An axis on which the values are seen apart.
  func axis(for values: [Double], keeping kept: [Double] = []) -> Axis {
    let suited = ObjectiveRange(values, maximizes: maximizes, keeping: kept)
    return Axis(name, unit: unit, scale: suited.isLog ? .log : .linear, format: format, range: suited.range)
  }

  /// A colour scale on which the best stand out: dark for the best.
  func colorScale(for values: [Double]) -> ColorScale {
    let suited = ObjectiveRange(values, maximizes: maximizes)
    let finite = values.filter(\.isFinite)
    let range = suited.range ?? (finite.min() ?? 0)...(finite.max() ?? 1)
    return ColorScale(
      name, range: range, isLog: suited.isLog, isReversed: maximizes, format: format)
  }
}

extension ParameterAxis {
  /// A little wider than the range, so that marks at its ends are whole.
  var axis: Axis {
    var padded = range
    if let range, scale == .linear {
      let pad = (range.upperBound - range.lowerBound) * 0.04
      padded = (range.lowerBound - pad)...(range.upperBound + pad)
    } else if let range, scale == .log, range.lowerBound > 0 {
      let factor = pow(range.upperBound / range.lowerBound, 0.03)
      padded = (range.lowerBound / factor)...(range.upperBound * factor)
    }
    return Axis(name, scale: scale, format: isWhole ? .whole : .number, range: padded)
  }
}
