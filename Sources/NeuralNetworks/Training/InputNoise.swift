import LinearAlgebra

/// Gaussian noise on a row's inputs, from a counter as in `Dropout`: which number is added depends on seed, epoch, row and
/// column alone.
package enum InputNoise {
  /// The layer that `Dropout.key` is asked for: no hidden layer's number.
  static let layer = 0xfff

  /// Adds normal numbers of the given deviation. Without branches or calls, so that the loop becomes vector instructions.
  package static func add(to line: UnsafeMutablePointer<Float>, count: Int, deviation: Float, key: UInt32) {
    for j in 0..<count {
      // The middle of one of 2^24 parts of (0, 1): never an end, whose normal number is infinite.
      let part = Float(Int32(bitPattern: Dropout.hash(UInt32(truncatingIfNeeded: j) &+ 1, key) >> 8))
      line[j] += deviation * normal(2 * (part + 0.5) * 0x1p-24 - 1)
    }
  }

  /// The normal number below which a share (1 + x) / 2 of all lie: sqrt(2) erfinv(x), to about 3e-7 of itself (M. Giles,
  /// Approximating the erfinv function, GPU Computing Gems 2, 2010, single precision).
  @inline(__always)
  package static func normal(_ x: Float) -> Float {
    let w = -VectorMath.log((1 - x) * (1 + x))
    let near = w - 2.5
    var p: Float = 2.810_226_36e-8
    p = p * near + 3.432_739_39e-7
    p = p * near - 3.523_387_7e-6
    p = p * near - 4.391_506_54e-6
    p = p * near + 2.185_808_7e-4
    p = p * near - 1.253_725_03e-3
    p = p * near - 4.177_681_64e-3
    p = p * near + 0.246_640_727
    p = p * near + 1.501_409_41
    let far = (w > 0 ? w : 0).squareRoot() - 3
    var q: Float = -2.002_142_57e-4
    q = q * far + 1.009_505_58e-4
    q = q * far + 1.349_343_22e-3
    q = q * far - 3.673_428_44e-3
    q = q * far + 5.739_507_73e-3
    q = q * far - 7.622_461_3e-3
    q = q * far + 9.438_870_47e-3
    q = q * far + 1.001_674_06
    q = q * far + 2.832_976_82
    return 1.414_213_56 * x * (w < 5 ? p : q)
  }
}
