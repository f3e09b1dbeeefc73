#if canImport(Glibc)
  import Glibc
#endif

extension ParzenDimension {
  /// What log k(x) of every kernel k is made of, for the candidates of one column.
  enum LogDensities {
    /// Normal kernels, truncated to a range.
    case normals(at: [Double], means: [Double], widths: [Double], low: Double, high: Double)
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
      return .normals(
        at: isLog ? candidates.map { log($0) } : candidates, means: means, widths: widths, low: low, high: high)
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
  /// Makes ready for a block of kernels: adds what does not depend on the candidate, -log(√(2π) σ · mass within the range) of a normal
  /// kernel, to `constants`, and writes 1 / (√2 σ) to `scales`.
  func prepare(_ block: Range<Int>, constants: inout [Double], scales: inout [Double]) {
    guard case .normals(_, let means, let widths, let low, let high) = self else { return }
    let root = 0.5.squareRoot()
    // Many kernels are as narrow as kernels may be: what they share is worked out once.
    var shared = (width: 0.0, logarithm: 0.0)
    for kernel in block {
      let (mean, width) = (means[kernel], widths[kernel])
      if width != shared.width { shared = (width, Normal.logRootTwoPi + log(width)) }
      let mass = Normal.logMass((low - mean) / width, (high - mean) / width)
      constants[kernel - block.lowerBound] -= shared.logarithm + mass
      scales[kernel - block.lowerBound] = root / width
    }
  }

  /// Adds log k(candidate) of the kernels k of a block, but for the constants, to `sums`, the block's first kernel to the first sum.
  func add(candidate: Int, of block: Range<Int>, scales: [Double], to sums: inout [Double]) {
    switch self {
    case .normals(let at, let means, _, _, _):
      Self.addNormals(at[candidate], means, scales, block, &sums)
    case .choices(let at, let observed, let same, let other, let prior):
      let known = block.clamped(to: 0..<observed.count)
      Self.addChoices(at[candidate], observed, same, other, known, &sums)
      if block.contains(observed.count) { sums[observed.count - block.lowerBound] += prior }
    case .masses(let table, let masses, let which):
      Self.addMasses(masses[table[candidate]], which, block, &sums)
    }
  }

  private static func addNormals(
    _ x: Double, _ means: [Double], _ scales: [Double], _ block: Range<Int>, _ sums: inout [Double]
  ) {
    let (means, scales) = (means.span.extracting(block), scales.span)
    var sums = sums.mutableSpan
    precondition(means.count <= sums.count && means.count <= scales.count)
    for place in means.indices {
      let z = (x - means[place]) * scales[place]
      sums[place] -= z * z
    }
  }

  private static func addChoices(
    _ choice: Int, _ observed: [Int], _ same: Double, _ other: Double, _ block: Range<Int>, _ sums: inout [Double]
  ) {
    let observed = observed.span.extracting(block)
    var sums = sums.mutableSpan
    precondition(observed.count <= sums.count)
    for place in observed.indices { sums[place] += observed[place] == choice ? same : other }
  }

  private static func addMasses(_ masses: [Double], _ which: [Int], _ block: Range<Int>, _ sums: inout [Double]) {
    let (masses, which) = (masses.span, which.span.extracting(block))
    var sums = sums.mutableSpan
    precondition(which.count <= sums.count)
    for place in which.indices { sums[place] += masses[which[place]] }
  }
}
