#if canImport(Glibc)
  import Glibc
#endif

/// log Σ w_k exp(term_k), the terms added in blocks.
struct LogSum {
  private var largest = -Double.infinity
  /// Σ w_k exp(term_k - largest).
  private var sum = 0.0

  /// Terms so far below the largest change nothing: a million times e^-64 is less than the last of 17 digits, whatever their weights.
  private static let reach = 64.0

  var value: Double { largest == -.infinity ? largest : largest + log(sum) }

  /// Adds the first `block.count` terms with the weights of a block, which are in 0...1. The terms are overwritten.
  mutating func add(_ terms: inout [Double], weights: [Double], of block: Range<Int>) {
    let own = Self.largest(terms, count: block.count)
    if own <= largest - Self.reach || own == -.infinity { return }
    if own > largest {
      sum *= exp(largest - own)
      largest = own
    }
    sum += Self.sum(&terms, weights, block, largest)
  }

  /// Eight at a time: one comparison waits for the one before it.
  private static func largest(_ terms: [Double], count: Int) -> Double {
    var lanes = SIMD8<Double>(repeating: -.infinity)
    let whole = count & ~7
    terms.withUnsafeBytes { bytes in
      for place in stride(from: 0, to: whole, by: 8) {
        let eight = bytes.loadUnaligned(fromByteOffset: place * 8, as: SIMD8<Double>.self)
        lanes.replace(with: eight, where: eight .> lanes)
      }
    }
    var largest = lanes.max()
    for place in whole..<count { largest = max(largest, terms[place]) }
    return largest
  }

  private static func sum(_ terms: inout [Double], _ weights: [Double], _ block: Range<Int>, _ largest: Double)
    -> Double
  {
    let weights = weights.span.extracting(block)
    var terms = terms.mutableSpan
    precondition(block.count <= terms.count)
    for place in 0..<block.count { terms[place] = weights[place] * Exponential.exp(terms[place] - largest) }
    var lanes = SIMD8<Double>(repeating: 0)
    let whole = block.count & ~7
    var place = 0
    while place < whole {
      for lane in 0..<8 { lanes[lane] += terms[place + lane] }
      place += 8
    }
    var sum = lanes.sum()
    while place < block.count {
      sum += terms[place]
      place += 1
    }
    return sum
  }
}
