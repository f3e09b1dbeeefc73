/// Elementwise functions written without branches or calls, so that loops over them become vector instructions; inlinable,
/// because a loop in another module would call them number by number.
package enum VectorMath {
  /// e^x to about one unit in the last place, for x in -87...88 (clamped outside): 2^n e^r with a polynomial for e^r
  /// on |r| <= ln 2 / 2 (the coefficients of S. Moshier's Cephes expf).
  @inlinable @inline(__always)
  package static func exp(_ x: Float) -> Float {
    let clamped = x < -87.3 ? -87.3 : (x > 88.3 ? 88.3 : x)
    // Adding and taking away 1.5 * 2^23 rounds to a whole number, which then stands in the low bits.
    let magic: Float = 12_582_912
    let shifted = clamped * 1.442_695_04 + magic
    let whole = shifted - magic
    var r = clamped - whole * 0.693_359_375
    r -= whole * -2.121_944_4e-4
    var p: Float = 1.987_569_15e-4
    p = p * r + 1.398_199_95e-3
    p = p * r + 8.333_451_9e-3
    p = p * r + 4.166_579_6e-2
    p = p * r + 1.666_666_55e-1
    p = p * r + 5.000_000_1e-1
    let value = p * r * r + r + 1
    let exponent = (shifted.bitPattern &- magic.bitPattern &+ 127) &<< 23
    return value * Float(bitPattern: exponent)
  }

  /// 1 / (1 + e^-x)
  @inlinable @inline(__always)
  package static func sigmoid(_ x: Float) -> Float { 1 / (1 + exp(-x)) }

  /// By an odd polynomial near zero (Cephes tanhf), by e^2x elsewhere.
  @inlinable @inline(__always)
  package static func tanh(_ x: Float) -> Float {
    let square = x * x
    var p: Float = -5.704_988_73e-3
    p = p * square + 2.063_908_88e-2
    p = p * square - 5.373_971_55e-2
    p = p * square + 1.333_144_22e-1
    p = p * square - 3.333_328_19e-1
    let near = p * square * x + x
    let far = 1 - 2 / (exp(2 * x) + 1)
    return square < 0.390_625 ? near : far
  }

  /// Natural logarithm of a positive normal number (Cephes logf).
  @inlinable @inline(__always)
  package static func log(_ x: Float) -> Float {
    // Mantissa in [sqrt(1/2), sqrt(2)).
    let bits = x.bitPattern &- 0x3f35_04f3
    let exponent = Float(Int32(bitPattern: bits) >> 23)
    let m = Float(bitPattern: (bits & 0x007f_ffff) &+ 0x3f35_04f3) - 1
    let z = m * m
    var p: Float = 7.037_683_6e-2
    p = p * m - 1.151_461_03e-1
    p = p * m + 1.167_699_87e-1
    p = p * m - 1.242_014_08e-1
    p = p * m + 1.424_932_28e-1
    p = p * m - 1.666_805_77e-1
    p = p * m + 2.000_071_48e-1
    p = p * m - 2.499_999_39e-1
    p = p * m + 3.333_333_12e-1
    var y = p * m * z
    y += exponent * -2.121_944_4e-4
    y -= 0.5 * z
    // The last term is nothing for a number, and keeps a NaN one.
    return m + y + exponent * 0.693_359_375 + x * 0
  }

  /// log(1 + e^x) without overflow.
  @inlinable @inline(__always)
  package static func softplus(_ x: Float) -> Float {
    (x > 0 ? x : 0) + log(1 + exp(x > 0 ? -x : x))
  }

  /// The error function to 6e-7 (M. Abramowitz and I. Stegun, 7.1.26: 1.5e-7, the rest is rounding).
  @inlinable @inline(__always)
  package static func erf(_ x: Float) -> Float {
    let a = x < 0 ? -x : x
    let t = 1 / (1 + 0.327_591_1 * a)
    var p: Float = 1.061_405_429
    p = p * t - 1.453_152_027
    p = p * t + 1.421_413_741
    p = p * t - 0.284_496_736
    p = p * t + 0.254_829_592
    let value = 1 - p * t * exp(-a * a)
    return x < 0 ? -value : value
  }
}
