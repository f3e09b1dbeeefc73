#if canImport(Glibc)
  import Glibc
#endif

/// The kernels that a parameter's observations become, one each and a wide one for the prior.
///
/// Numeric kernels are normal distributions truncated to the range (widened by half a step, in logarithms where the domain
/// is); their widths follow the gap to the neighbours, never under range / min(100, m + 2) for m observations. A stepped value's
/// probability is the mass of the step around it. A kernel of a set gives every choice 1/(m + 1) and its own one 1 more, normalised.
/// (Watanabe, arXiv 2304.11127; conventions of Optuna 5.)
struct ParzenDimension {
  enum Kernels {
    case numeric(means: [Double], widths: [Double])
    case choices(observed: [Int], count: Int)
  }
  let domain: Domain
  let kernels: Kernels
  let low: Double
  let high: Double
  let isLog: Bool
  /// 0 where the domain is continuous.
  let step: Double

  /// `observations` are numbers of the domain (indices of a set), in order of trials.
  init(_ domain: Domain, observations: [Double]) {
    self.domain = domain
    (low, high) = domain.widened
    switch domain {
    case .int(_, _, let step, let log): (self.step, isLog) = (Double(step), log)
    case .float(_, _, let step, let log): (self.step, isLog) = (step ?? 0, log)
    case .categorical: (step, isLog) = (0, false)
    }
    if case .categorical(let choices, _) = domain {
      kernels = .choices(observed: observations.map { Int($0) }, count: choices.count)
    } else {
      let means = isLog ? observations.map { log($0) } : observations
      let widths = Self.widths(means, low: low, high: high)
      kernels = .numeric(means: means + [0.5 * (low + high)], widths: widths + [high - low])
    }
  }

  /// The larger gap to a neighbour, the ends of the range counting as neighbours unless there are two observations.
  private static func widths(_ means: [Double], low: Double, high: Double) -> [Double] {
    let count = means.count
    guard count > 0 else { return [] }
    var keyed = means.indices.map { (mean: means[$0], index: $0) }
    keyed.sort { $0.mean != $1.mean ? $0.mean < $1.mean : $0.index < $1.index }
    let smallest = (high - low) / min(100, Double(count + 2))
    var widths = [Double](repeating: 0, count: count)
    for (place, entry) in keyed.enumerated() {
      let left = entry.mean - (place == 0 ? low : keyed[place - 1].mean)
      let right = (place == count - 1 ? high : keyed[place + 1].mean) - entry.mean
      var width = max(left, right)
      if count >= 2 {
        if place == 0 { width = right }
        if place == count - 1 { width = left }
      }
      widths[entry.index] = min(max(width, smallest), high - low)
    }
    return widths
  }

  /// A choice for each kernel drawn; one number each.
  func sampleChoices(_ active: [Int], _ random: inout some UniformSource) -> [Double] {
    guard case .choices(let observed, let count) = kernels else { return [] }
    return active.map { kernel in
      let u = random.uniform()
      var cumulative = 0.0
      var index = 0
      while index < count - 1 {
        cumulative += probability(of: index, kernel, observed, count)
        if cumulative >= u { break }
        index += 1
      }
      return Double(index)
    }
  }

  /// A number of the domain for each kernel drawn; one number each.
  func sampleNumbers(_ active: [Int], _ random: inout some UniformSource) -> [Double] {
    guard case .numeric(let means, let widths) = kernels else { return [] }
    return active.map { kernel in
      let (mean, width) = (means[kernel], widths[kernel])
      let u = Normal.truncatedQuantile(random.uniform(), (low - mean) / width, (high - mean) / width)
      let coordinate = u * width + mean
      return domain.number(of: domain.value(nearest: isLog ? exp(coordinate) : coordinate)) ?? coordinate
    }
  }

  private func probability(of choice: Int, _ kernel: Int, _ observed: [Int], _ count: Int) -> Double {
    let base = 1 / Double(observed.count + 1)
    if kernel == observed.count { return 1 / Double(count) }
    return (base + (observed[kernel] == choice ? 1 : 0)) / (base * Double(count) + 1)
  }

  /// Adds log k(x) of every kernel k to the rows of `sums`, candidates by kernels.
  func addLogDensities(at candidates: [Double], to sums: inout [Double], kernelCount: Int) {
    switch kernels {
    case .choices(let observed, let count):
      if observed.isEmpty { return addChoices(candidates, [], 0, 0, -log(Double(count)), &sums, kernelCount) }
      let base = 1 / Double(observed.count + 1)
      let total = log(base * Double(count) + 1)
      addChoices(candidates, observed, log(base + 1) - total, log(base) - total, -log(Double(count)), &sums, kernelCount)
    case .numeric(let means, let widths):
      if step > 0 {
        addMasses(candidates, means, widths, &sums, kernelCount)
      } else {
        addNormals(candidates, means, widths, &sums, kernelCount)
      }
    }
  }

  private func addChoices(
    _ candidates: [Double], _ observed: [Int], _ same: Double, _ other: Double, _ prior: Double, _ sums: inout [Double],
    _ kernelCount: Int
  ) {
    for (row, candidate) in candidates.enumerated() {
      let choice = Int(candidate)
      let start = row * kernelCount
      for kernel in observed.indices { sums[start + kernel] += observed[kernel] == choice ? same : other }
      sums[start + observed.count] += prior
    }
  }

  private func addNormals(
    _ candidates: [Double], _ means: [Double], _ widths: [Double], _ sums: inout [Double], _ kernelCount: Int
  ) {
    let inverse = widths.map { 1 / $0 }
    let constants = means.indices.map { kernel in
      -Normal.logRootTwoPi - log(widths[kernel])
        - Normal.logMass((low - means[kernel]) * inverse[kernel], (high - means[kernel]) * inverse[kernel])
    }
    for (row, candidate) in candidates.enumerated() {
      Self.addNormal(
        at: isLog ? log(candidate) : candidate, means, inverse, constants, &sums, row * kernelCount)
    }
  }

  private static func addNormal(
    at x: Double, _ means: [Double], _ inverse: [Double], _ constants: [Double], _ sums: inout [Double], _ start: Int
  ) {
    sums.withUnsafeMutableBufferPointer { sums in
      let row = sums.baseAddress! + start
      means.withUnsafeBufferPointer { means in
        inverse.withUnsafeBufferPointer { inverse in
          constants.withUnsafeBufferPointer { constants in
            for kernel in 0..<means.count {
              let z = (x - means[kernel]) * inverse[kernel]
              row[kernel] += constants[kernel] - 0.5 * z * z
            }
          }
        }
      }
    }
  }

  /// Steps: the mass of every distinct value under every distinct kernel is worked out once.
  private func addMasses(
    _ candidates: [Double], _ means: [Double], _ widths: [Double], _ sums: inout [Double], _ kernelCount: Int
  ) {
    let (which, distinct) = Self.distinct(means, widths)
    let normalisers = distinct.map { Normal.logMass((low - $0.mean) / $0.width, (high - $0.mean) / $0.width) }
    var done: [Double: [Double]] = [:]
    for (row, candidate) in candidates.enumerated() {
      let masses =
        done[candidate]
        ?? {
          let (a, b) = (candidate - step / 2, candidate + step / 2)
          let (left, right) = isLog ? (log(a), log(b)) : (a, b)
          return distinct.indices.map { index in
            let (mean, width) = distinct[index]
            return Normal.logMass((left - mean) / width, (right - mean) / width) - normalisers[index]
          }
        }()
      done[candidate] = masses
      let start = row * kernelCount
      for kernel in which.indices { sums[start + kernel] += masses[which[kernel]] }
    }
  }

  private static func distinct(_ means: [Double], _ widths: [Double]) -> ([Int], [(mean: Double, width: Double)]) {
    struct Pair: Hashable { let mean, width: Double }
    var places: [Pair: Int] = [:]
    var distinct: [(mean: Double, width: Double)] = []
    let which = means.indices.map { kernel -> Int in
      let pair = Pair(mean: means[kernel], width: widths[kernel])
      if let place = places[pair] { return place }
      places[pair] = distinct.count
      distinct.append((pair.mean, pair.width))
      return distinct.count - 1
    }
    return (which, distinct)
  }
}
