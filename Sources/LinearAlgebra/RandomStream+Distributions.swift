#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

extension RandomStream {
  /// Uniform in [low, high).
  package mutating func uniform(_ low: Double, _ high: Double) -> Double { low + (high - low) * uniform() }

  /// A standard normal number, by Box and Muller's transform (one of its pair; the other is not kept, so that a
  /// stream has no hidden state).
  package mutating func normal() -> Double {
    let radius = (-2 * log(1 - uniform())).squareRoot()
    return radius * cos(2 * Double.pi * uniform())
  }

  /// A whole number from 0 to below `bound`.
  package mutating func below(_ bound: Int) -> Int { Int(next(upperBound: UInt64(bound))) }
}
