/// The Sobol sequence, 32 binary digits, up to 64 dimensions; scrambled where a seed is given.
///
/// Scrambling is Owen's in the form of a hash of the digits above each digit (Laine and Karras 2011; Burley 2020): every set of
/// 2^k points stays a net.
package struct SobolSequence: Sendable {
  package static let maxDimensions = SobolDirections.table.count
  private let directions: [[UInt32]]
  private let seeds: [UInt32]?

  package init(dimensions: Int, scramble seeds: [UInt32]? = nil) {
    directions = SobolDirections.table.prefix(dimensions).map { Self.directions($0.polynomial, $0.start) }
    self.seeds = seeds
  }

  /// Point number `index`, in [0, 1); the unscrambled first one is the origin. O(dimensions · log index).
  package func point(_ index: Int) -> [Double] {
    let gray = UInt32(truncatingIfNeeded: index ^ (index >> 1))
    return directions.indices.map { dimension in
      var x: UInt32 = 0
      var bits = gray
      var place = 0
      while bits != 0 {
        if bits & 1 == 1 { x ^= directions[dimension][place] }
        bits >>= 1
        place += 1
      }
      guard let seeds else { return Double(x) * 0x1p-32 }
      // Half a cell keeps the point off zero.
      return (Double(Self.scramble(x, seeds[dimension])) + 0.5) * 0x1p-32
    }
  }

  private static func directions(_ polynomial: Int, _ start: [UInt32]) -> [UInt32] {
    if start.isEmpty { return (0..<32).map { 1 << (31 - $0) } }
    let degree = start.count
    var m = start
    while m.count < 32 {
      let k = m.count
      var next = m[k - degree] ^ (m[k - degree] << UInt32(degree))
      for i in 1..<max(degree, 1) where (polynomial >> (degree - i)) & 1 == 1 { next ^= m[k - i] << UInt32(i) }
      m.append(next)
    }
    return m.enumerated().map { $1 << UInt32(31 - $0) }
  }

  private static func scramble(_ x: UInt32, _ seed: UInt32) -> UInt32 {
    var v = reversed(x)
    v &+= seed
    v ^= v &* 0x6c50_b47c
    v ^= v &* 0xb82f_1e52
    v ^= v &* 0xc7af_e638
    v ^= v &* 0x8d22_f6e6
    return reversed(v)
  }

  private static func reversed(_ x: UInt32) -> UInt32 {
    var v = x
    v = ((v >> 1) & 0x5555_5555) | ((v & 0x5555_5555) << 1)
    v = ((v >> 2) & 0x3333_3333) | ((v & 0x3333_3333) << 2)
    v = ((v >> 4) & 0x0f0f_0f0f) | ((v & 0x0f0f_0f0f) << 4)
    return v.byteSwapped
  }
}
