import LinearAlgebra

/// Inverted dropout from a counter: which neuron is dropped depends on seed, epoch, row and place alone, so it does not
/// matter which thread asks, nor when.
enum Dropout {
  /// The key of one row of one layer (splitmix64's mixing of the numbers).
  static func key(seed: UInt64, epoch: Int, row: Int, layer: Int) -> UInt32 {
    var z = seed &+ 0x9e37_79b9_7f4a_7c15 &* UInt64(epoch + 1)
    for number in [UInt64(row), UInt64(layer) &+ 0x5bd1] {
      z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
      z = (z ^ (z >> 31)) &+ 0x9e37_79b9_7f4a_7c15 &* (number &+ 1)
    }
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return UInt32(truncatingIfNeeded: z ^ (z >> 31))
  }

  /// Multiplies outputs and slopes by 0 or 1 / (1 - share). `first` is the first neuron's place in its layer.
  static func apply(
    _ output: UnsafeMutablePointer<Float>, _ slope: UnsafeMutablePointer<Float>, count: Int, share: Double, key: UInt32,
    first: Int
  ) {
    let threshold = UInt32(share * 0x1p32)
    let keep = Float(1 / (1 - share))
    var place = UInt32(truncatingIfNeeded: first)
    for j in 0..<count {
      let factor: Float = hash(place &+ 1, key) < threshold ? 0 : keep
      output[j] *= factor
      slope[j] *= factor
      place &+= 1
    }
  }

  /// Two rounds of multiply and xor-shift (C. Wellons' lowbias32), keyed.
  @inline(__always)
  static func hash(_ counter: UInt32, _ key: UInt32) -> UInt32 {
    var x = (counter &* 0x9e37_79b9) ^ key
    x = (x ^ (x >> 16)) &* 0x21f0_aaad
    x = (x ^ (x >> 15)) &* 0x735a_2d97
    return x ^ (x >> 15)
  }
}
