import LinearAlgebra
import Vocabulary

/// Tree-structured Parzen estimator: models good and other configurations by densities l and g and suggests where l/g is largest.
///
/// Parameters that are always active together are modelled jointly; those under a condition by the trials that had them.
package struct TPESampler: Sampler {
  package static let syntax = Syntax(
    "tpe", "models good and other configurations by densities l and g and takes the candidate with the largest l / g",
    formula: "x = argmax l(x) / g(x) over candidates drawn from l",
    source: "Bergstra et al. 2011; Watanabe 2023 (arXiv 2304.11127); conventions of Optuna 5",
    options: [
      Option("startup", .int(0...100_000), default: .int(10), "random trials before the model is used"),
      Option("candidates", .int(1...100_000), default: .int(24), "candidates drawn from l for each suggestion"),
    ], example: "tune sampler=tpe(startup=10, candidates=24)")
  static let entry = Samplers.Entry(syntax) {
    TPESampler(startup: $0.int("startup", syntax) ?? 10, candidates: $0.int("candidates", syntax) ?? 24)
  }

  let startup: Int
  let candidates: Int
  /// How much wider than they are fitted the good trials' kernels are when candidates are drawn.
  let spread: Double

  package init(startup: Int = 10, candidates: Int = 24, spread: Double = 1) {
    self.startup = startup
    self.candidates = candidates
    self.spread = spread
  }

  package var learnsFromComparable: Bool { true }

  package func suggest(_ request: SamplingRequest) -> Suggestion? {
    guard request.history.finishedCount >= startup else { return RandomSampler().suggest(request) }
    var random = request.stream("tpe")
    return Suggestion(model(request, &random))
  }

  /// A suggestion by the model, whatever the number of trials.
  package func model(_ request: SamplingRequest, _ random: inout some UniformSource) -> Point {
    let finished = request.history.finishedCount
    let split = TPESplit.split(
      request.history, below: TPESplit.belowCount(finished, objectives: request.directions.count),
      directions: request.directions)
    return suggestion(request, split, &random)
  }

  /// A suggestion from good and other trials, given as indices into the history; feasible where one of twenty draws is.
  func suggestion(
    _ request: SamplingRequest, _ split: (below: [Int], above: [Int]), _ random: inout some UniformSource
  ) -> Point {
    var point: Point = [:]
    for _ in 0..<20 {
      point = draw(request, split, &random)
      if request.space.isFeasible(point) { return point }
    }
    return point
  }

  private func draw(
    _ request: SamplingRequest, _ split: (below: [Int], above: [Int]), _ random: inout some UniformSource
  ) -> Point {
    let space = request.space
    var groups: [(condition: Condition?, parameters: [Parameter])] = []
    for parameter in space.parameters {
      if let index = groups.firstIndex(where: { $0.condition == parameter.condition }) {
        groups[index].parameters.append(parameter)
      } else {
        groups.append((parameter.condition, [parameter]))
      }
    }
    var seen = space.fixed
    var point: Point = [:]
    for group in groups where group.condition?.holds(in: seen) ?? true {
      let values = draw(group.parameters, request, split, &random)
      point.merge(values) { $1 }
      seen.merge(values) { $1 }
    }
    return point
  }

  /// A joint draw of parameters that are active together.
  private func draw(
    _ group: [Parameter], _ request: SamplingRequest, _ split: (below: [Int], above: [Int]),
    _ random: inout some UniformSource
  ) -> Point {
    var point: Point = [:]
    for parameter in group where parameter.domain.count == 1 { point[parameter.name] = parameter.domain.value(at: 0) }
    let parameters = group.filter { $0.domain.count != 1 }.sorted { $0.name < $1.name }
    if parameters.isEmpty { return point }
    let domains = parameters.map(\.domain)
    let weights = request.directions.count > 1
    let below = Self.columns(parameters, request.history, split.below)
    let good = ParzenEstimator(
      domains, columns: below, weights: weights ? [Double](repeating: 1, count: below[0].count) : nil)
    let other = ParzenEstimator(domains, columns: Self.columns(parameters, request.history, split.above))
    let drawn = good.sample(candidates, spread: spread, &random)
    let (l, g) = (good.logDensity(drawn), other.logDensity(drawn))
    var best = 0
    for index in l.indices where l[index] - g[index] > l[best] - g[best] { best = index }
    for (column, parameter) in zip(drawn, parameters) {
      point[parameter.name] = parameter.domain.value(nearest: column[best])
    }
    return point
  }

  /// The values of the trials that have all of the parameters within their ranges: a column a parameter.
  static func columns(_ parameters: [Parameter], _ history: [Observation], _ indices: [Int]) -> [[Double]] {
    var columns = [[Double]](repeating: [], count: parameters.count)
    for index in columns.indices { columns[index].reserveCapacity(indices.count) }
    var row = [Double](repeating: 0, count: parameters.count)
    let domains = parameters.map(\.domain)
    let ranges = domains.map(\.range)
    let isSet = domains.map { if case .categorical = $0 { true } else { false } }
    // Where the parameters stand among a configuration's names (nil: one is missing); looked up again where the names change.
    var names: ParameterNames?
    var places: [Int]?
    for index in indices {
      if history[index].names !== names {
        names = history[index].names
        places = Self.places(of: parameters, in: history[index].names.list)
      }
      guard let places else { continue }
      var isInside = true
      for column in places.indices {
        var number = history[index].numbers[places[column]]
        if isSet[column] {
          number = history[index].point[parameters[column].name].flatMap { domains[column].number(of: $0) } ?? .nan
        }
        isInside = isInside && number >= ranges[column].low && number <= ranges[column].high
        row[column] = number
      }
      guard isInside else { continue }
      for column in row.indices { columns[column].append(row[column]) }
    }
    return columns
  }

  private static func places(of parameters: [Parameter], in names: [String]) -> [Int]? {
    let places = parameters.compactMap { names.firstIndex(of: $0.name) }
    return places.count == parameters.count ? places : nil
  }
}

extension Domain {
  /// The ends as numbers (of indices where it is a set).
  var range: (low: Double, high: Double) {
    switch self {
    case .int(let low, let high, _, _): (Double(low), Double(high))
    case .float(let low, let high, _, _): (low, high)
    case .categorical(let choices, _): (0, Double(choices.count - 1))
    }
  }
}
