extension UInt64 {
  /// A seed as cells say and show it: the upper half of the 64-bit numbers is below zero, so that `seed=` takes every one.
  var typed: Int { Int(bitPattern: UInt(self)) }
}
