/// e^x without branches or calls, so that a loop over it becomes vector instructions.
package enum Exponential {
  /// e^x to two units in the last place for x in -708...709 (clamped outside): 2^n e^r with r = x - n ln 2 and e^r by its Taylor series
  /// to r^13, which is exact to double precision for |r| <= ln 2 / 2.
  @inline(__always)
  package static func exp(_ x: Double) -> Double {
    let clamped = x < -708 ? -708 : (x > 709 ? 709 : x)
    // Adding and taking away 1.5 * 2^52 rounds to a whole number, which then stands in the low bits.
    let magic = 6_755_399_441_055_744.0
    let shifted = clamped * 1.442_695_040_888_963_4 + magic
    let whole = shifted - magic
    // ln 2 in two parts, the first with so many zeros at its end that its product with n is exact.
    let r = (clamped - whole * 0.693_147_180_369_123_816_490) - whole * 1.908_214_929_270_587_7e-10
    var p = 1.605_904_383_682_161_3e-10
    p = p * r + 2.087_675_698_786_81e-9
    p = p * r + 2.505_210_838_544_172e-8
    p = p * r + 2.755_731_922_398_589e-7
    p = p * r + 2.755_731_922_398_589_3e-6
    p = p * r + 2.480_158_730_158_73e-5
    p = p * r + 1.984_126_984_126_984e-4
    p = p * r + 1.388_888_888_888_889e-3
    p = p * r + 8.333_333_333_333_333e-3
    p = p * r + 4.166_666_666_666_666_4e-2
    p = p * r + 1.666_666_666_666_666_6e-1
    p = p * r + 0.5
    let value = p * r * r + r + 1
    let exponent = (shifted.bitPattern &- magic.bitPattern &+ 1023) &<< 52
    return value * Double(bitPattern: exponent)
  }
}
