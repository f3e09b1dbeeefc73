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
  init(_ domain: Domain, observations: consuming [Double]) {
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
      if isLog { for index in observations.indices { observations[index] = log(observations[index]) } }
      let widths = KernelWidths.of(observations, low: low, high: high)
      observations.append(0.5 * (low + high))
      kernels = .numeric(means: observations, widths: widths)
    }
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

  /// A number of the domain for each kernel drawn, kernels being `spread` times as wide; one number each.
  func sampleNumbers(_ active: [Int], spread: Double, _ random: inout some UniformSource) -> [Double] {
    guard case .numeric(let means, let widths) = kernels else { return [] }
    return active.map { kernel in
      let (mean, width) = (means[kernel], spread * widths[kernel])
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
}
