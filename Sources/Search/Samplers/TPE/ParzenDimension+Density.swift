#if canImport(Glibc)
  import Glibc
#endif

extension ParzenDimension {
  /// What log k(x) of every kernel k is made of, for the candidates of one column.
  enum LogDensities {
    /// Normal kernels: constant_k - (x - mean_k)² / (2 width_k²).
    case normals(at: [Double], means: [Double], inverseWidths: [Double], constants: [Double])
    /// Kernels of a set: `same` where the observed index is the candidate's.
    case choices(at: [Int], observed: [Int], same: Double, other: Double, prior: Double)
    /// Steps: of the distinct candidates, the mass under each distinct kernel; `table` says which candidate, `which` which kernel.
    case masses(table: [Int], masses: [[Double]], which: [Int])
  }

  func logDensities(at candidates: [Double]) -> LogDensities {
    switch kernels {
    case .choices(let observed, let count):
      let base = 1 / Double(observed.count + 1)
      let total = log(base * Double(count) + 1)
      return .choices(
        at: candidates.map { Int($0) }, observed: observed, same: log(base + 1) - total, other: log(base) - total,
        prior: -log(Double(count)))
    case .numeric(let means, let widths):
      if step > 0 { return masses(candidates, means, widths) }
      let inverse = widths.map { 1 / $0 }
      return .normals(
        at: isLog ? candidates.map { log($0) } : candidates, means: means, inverseWidths: inverse,
        constants: normalizers(means, widths, inverse))
    }
  }

  /// -log(√(2π) σ · mass within the range) of each kernel. Many kernels are as narrow as kernels may be: their logarithm is shared.
  private func normalizers(_ means: [Double], _ widths: [Double], _ inverse: [Double]) -> [Double] {
    var shared = (width: 0.0, logarithm: 0.0)
    return means.indices.map { kernel in
      if widths[kernel] != shared.width { shared = (widths[kernel], log(widths[kernel])) }
      let mass = Normal.logMass((low - means[kernel]) * inverse[kernel], (high - means[kernel]) * inverse[kernel])
      return -Normal.logRootTwoPi - shared.logarithm - mass
    }
  }

  /// The mass of every distinct value under every distinct kernel is worked out once.
  private func masses(_ candidates: [Double], _ means: [Double], _ widths: [Double]) -> LogDensities {
    let (which, distinct) = Self.distinct(means, widths)
    let normalizers = distinct.map { Normal.logMass((low - $0.mean) / $0.width, (high - $0.mean) / $0.width) }
    var places: [Double: Int] = [:]
    var masses: [[Double]] = []
    let table = candidates.map { candidate -> Int in
      if let place = places[candidate] { return place }
      places[candidate] = masses.count
      let (a, b) = (candidate - step / 2, candidate + step / 2)
      let (left, right) = isLog ? (log(a), log(b)) : (a, b)
      masses.append(
        distinct.indices.map { index in
          let (mean, width) = distinct[index]
          return Normal.logMass((left - mean) / width, (right - mean) / width) - normalizers[index]
        })
      return masses.count - 1
    }
    return .masses(table: table, masses: masses, which: which)
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

extension ParzenDimension.LogDensities {
  /// Adds log k(candidate) of the kernels k of a block to `sums`, the block's first kernel to the first sum.
  func add(candidate: Int, of block: Range<Int>, to sums: inout [Double]) {
    switch self {
    case .normals(let at, let means, let inverse, let constants):
      Self.addNormals(at[candidate], means, inverse, constants, block.lowerBound, &sums)
    case .choices(let at, let observed, let same, let other, let prior):
      let choice = at[candidate]
      let known = block.clamped(to: 0..<observed.count)
      for kernel in known { sums[kernel - block.lowerBound] += observed[kernel] == choice ? same : other }
      if block.contains(observed.count) { sums[observed.count - block.lowerBound] += prior }
    case .masses(let table, let masses, let which):
      let values = masses[table[candidate]]
      for kernel in block { sums[kernel - block.lowerBound] += values[which[kernel]] }
    }
  }

  private static func addNormals(
    _ x: Double, _ means: [Double], _ inverse: [Double], _ constants: [Double], _ start: Int, _ sums: inout [Double]
  ) {
    let block = start..<start + sums.count
    let (means, inverse, constants) = (
      means.span.extracting(block), inverse.span.extracting(block), constants.span.extracting(block)
    )
    var sums = sums.mutableSpan
    for place in sums.indices {
      let z = (x - means[place]) * inverse[place]
      sums[place] += constants[place] - 0.5 * z * z
    }
  }
}
