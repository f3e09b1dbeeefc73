#if canImport(Glibc)
  import Glibc
#endif

/// How much each parameter matters for getting into the best tenth of the trials (PED-ANOVA).
///
/// Watanabe et al. 2023 (arXiv 2304.10255), conditional parameters after arXiv 2601.20800: a parameter's share is the Pearson
/// divergence between the densities of its values among the best trials and among all, each density a Parzen estimator on a grid.
/// Pruned trials count, as worse than every complete one; without pruned trials the numbers are Optuna 5's.
package enum PEDAnova {
  /// Shares that sum to 1 (or all 0 where nothing can be told), largest first; equal ones in the space's order.
  package static func importance(
    _ history: [Observation], space: Space, directions: [Direction], bestShare: Double = 0.1
  ) -> [(name: String, share: Double)] {
    let trials = history.filter {
      $0.state == .pruned || $0.state == .complete && !$0.values.isEmpty && $0.values.allSatisfy(\.isFinite)
    }
    let best = best(trials, directions, bestShare)
    var shares = space.parameters.map { (name: $0.name, share: 0.0) }
    if trials.count > 1 && !best.isEmpty {
      for (index, parameter) in space.parameters.enumerated() {
        shares[index].share = divergence(parameter, trials, best)
      }
    }
    let total = shares.reduce(0) { $0 + $1.share }
    if total > 0 { for index in shares.indices { shares[index].share /= total } }
    return shares.enumerated().sorted { ($1.element.share, $0.offset) < ($0.element.share, $1.offset) }.map(\.element)
  }

  /// Indices of the best trials: all that are as good as the last of the share.
  private static func best(_ trials: [Observation], _ directions: [Direction], _ share: Double) -> Set<Int> {
    let complete = trials.indices.filter { trials[$0].state == .complete }
    if complete.isEmpty { return [] }
    let count = min(Int((share * Double(trials.count)).rounded(.up)), complete.count)
    if directions.count > 1 {
      return Set(
        ParetoSelection.best(count, of: complete.map { directions.keys(trials[$0].values) }).map { complete[$0] })
    }
    let keys = complete.map { directions[0].key(trials[$0].values[0]) }
    let cut = keys.sorted()[count - 1]
    return Set(zip(complete, keys).filter { $0.1 <= cut }.map(\.0))
  }

  private static func divergence(_ parameter: Parameter, _ trials: [Observation], _ best: Set<Int>) -> Double {
    guard let grid = ImportanceGrid(parameter.domain) else { return 0 }
    let range = parameter.domain.range
    let regime: [(index: Int, number: Double)] = trials.indices.compactMap { index in
      guard let value = trials[index].point[parameter.name], let number = parameter.domain.number(of: value),
        number >= range.low, number <= range.high
      else { return nil }
      return (index, number)
    }
    let top = regime.filter { best.contains($0.index) }
    if regime.count < 2 || top.isEmpty { return 0 }
    let p = grid.density(top.map(\.number))
    let q = grid.density(regime.map(\.number))
    let alpha = Double(top.count) / Double(best.count)
    let beta = Double(regime.count) / Double(trials.count)
    let divergence = zip(p, q).reduce(0) { sum, pair in
      let (p, q) = (pair.0 + 1e-12, pair.1 + 1e-12)
      return sum + q * (p / q - 1) * (p / q - 1)
    }
    return alpha * alpha / beta * divergence
  }
}

/// The cells that a parameter's values fall into, and densities over them.
struct ImportanceGrid {
  let count: Int
  let isSet: Bool
  let low: Double
  let width: Double
  let isLog: Bool

  /// nil where the domain has one value only.
  init?(_ domain: Domain) {
    if domain.count == 1 { return nil }
    switch domain {
    case .categorical(let choices, _):
      (count, isSet, low, width, isLog) = (choices.count, true, 0, 1, false)
    case .int(let low, _, _, log: true):
      let cells = min(Int(ceil(log2(domain.reachableHigh - Double(low) + 1))) + 1, 50)
      (count, isSet, isLog, self.low) = (cells, false, true, log(Double(low)))
      width = (log(domain.reachableHigh) - log(Double(low))) / Double(cells - 1)
    case .int(let low, _, _, log: false):
      (count, isSet, isLog, self.low) = (min(domain.count ?? 50, 50), false, false, Double(low))
      width = (domain.reachableHigh - Double(low)) / Double(count - 1)
    case .float(let low, let high, let step, let isLog):
      (count, isSet, self.isLog) = (step == nil ? 50 : min(domain.count ?? 50, 50), false, isLog)
      self.low = isLog ? log(low) : low
      width = ((isLog ? log(high) : domain.reachableHigh) - self.low) / Double(count - 1)
    }
  }

  private func cell(_ number: Double) -> Int {
    if isSet { return Int(number) }
    let x = ((isLog ? log(number) : number) - low) / width
    return min(max(Int((x - 0.5).rounded(.up)), 0), count - 1)
  }

  /// Probabilities of the cells: a kernel at each cell that has values, weighted by their number, and one for the prior.
  func density(_ numbers: [Double]) -> [Double] {
    var counts = [Double](repeating: 0, count: count)
    for number in numbers { counts[cell(number)] += 1 }
    let cells = counts.indices.filter { counts[$0] > 0 }
    let weights = cells.map { counts[$0] }
    let total = weights.reduce(0, +)
    let kernel = isSet ? setKernel(cells.count) : normalKernel(cells, weights, total)
    return (0..<count).map { at in
      let sum = zip(cells, weights).reduce(kernel.prior(at)) { $0 + $1.1 * kernel.cell($1.0, at) }
      return sum / (total + 1)
    }
  }

  private struct Kernel {
    let cell: (_ centre: Int, _ at: Int) -> Double
    let prior: (_ at: Int) -> Double
  }

  private func setKernel(_ kernels: Int) -> Kernel {
    let base = 1 / Double(kernels + 1)
    let total = base * Double(count) + 1
    return Kernel(cell: { ($0 == $1 ? base + 1 : base) / total }, prior: { _ in 1 / Double(count) })
  }

  /// Scott's bandwidth from the weighted spread and quartiles, at least so wide that a cell holds nine tenths.
  private func normalKernel(_ cells: [Int], _ weights: [Double], _ total: Double) -> Kernel {
    let mean = zip(cells, weights).reduce(0) { $0 + Double($1.0) * $1.1 } / total
    let variance =
      zip(cells, weights).reduce(0) { $0 + (Double($1.0) - mean) * (Double($1.0) - mean) * $1.1 } / max(1, total - 1)
    var cumulative: [Double] = []
    for weight in weights { cumulative.append((cumulative.last ?? 0) + weight) }
    let first = cumulative.firstIndex { $0 >= (total / 4).rounded(.down) } ?? cells.count - 1
    let third = cumulative.firstIndex { $0 > (total * 3 / 4).rounded(.down) } ?? cells.count
    let quartiles = Double(cells[min(cells.count - 1, third)] - cells[first])
    let width = max(1.059 * min(quartiles / 1.34, variance.squareRoot()) * pow(total, -0.2), 0.5 / 1.64)
    let (low, high) = (-0.5, Double(count) - 0.5)
    func mass(_ centre: Double, _ width: Double, _ at: Int) -> Double {
      exp(
        Normal.logMass((Double(at) - 0.5 - centre) / width, (Double(at) + 0.5 - centre) / width)
          - Normal.logMass((low - centre) / width, (high - centre) / width))
    }
    return Kernel(
      cell: { mass(Double($0), width, $1) }, prior: { mass(Double(count - 1) / 2, Double(count), $0) })
  }
}
