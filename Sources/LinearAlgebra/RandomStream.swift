/// A seeded source of random numbers, derived by name: the same seed and names give the same numbers on every run.
///
/// xoshiro256** (Blackman and Vigna, 2018) seeded by splitmix64 from a hash (FNV-1a) of the names.
package struct RandomStream: RandomNumberGenerator, Sendable {
  private var s0: UInt64
  private var s1: UInt64
  private var s2: UInt64
  private var s3: UInt64

  /// A stream of its own for a purpose: `RandomStream(seed: 7, "trial", 3, "dropout")`.
  package init(seed: UInt64, _ names: any CustomStringConvertible...) {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func absorb(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    withUnsafeBytes(of: seed.littleEndian) { $0.forEach(absorb) }
    for name in names {
      absorb(0)
      name.description.utf8.forEach(absorb)
    }
    func next() -> UInt64 {
      hash &+= 0x9e37_79b9_7f4a_7c15
      var z = hash
      z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
      return z ^ (z >> 31)
    }
    (s0, s1, s2, s3) = (next(), next(), next(), next())
  }

  package mutating func next() -> UInt64 {
    func rotated(_ x: UInt64, _ k: UInt64) -> UInt64 { (x << k) | (x >> (64 - k)) }
    let result = rotated(s1 &* 5, 7) &* 9
    let t = s1 << 17
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= t
    s3 = rotated(s3, 45)
    return result
  }

  /// Uniform in [0, 1), with 53 random bits.
  package mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }
}
