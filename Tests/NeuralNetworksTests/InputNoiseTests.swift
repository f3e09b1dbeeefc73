import Foundation
import LinearAlgebra
import NeuralNetworks
import Testing

@Suite struct InputNoiseTests {
  @Test func `the inverse of the normal distribution, by the C library's erf`() {
    for k in -9_999...9_999 {
      let x = Float(k) / 10_000
      #expect(abs(erf(Double(InputNoise.normal(x)) / 2.0.squareRoot()) - Double(x)) < 4e-7)
    }
    // The first and last of 2^24 parts: 5.4 deviations, as Python's statistics.NormalDist().inv_cdf(2 ** -25) says.
    #expect(abs(InputNoise.normal(1 - 0x1p-24) - 5.419_983) < 1e-4)
    #expect(abs(InputNoise.normal(-1 + 0x1p-24) + 5.419_983) < 1e-4)
  }

  @Test func `a million numbers have a normal distribution's moments and tails`() {
    let (rows, columns) = (1_000, 1_000)
    var line = [Float](repeating: 0, count: columns)
    var keys = RandomStream(seed: 1, "keys")
    var (sums, beyond) = (SIMD4<Double>.zero, 0)
    for _ in 0..<rows {
      for j in line.indices { line[j] = 0 }
      line.withUnsafeMutableBufferPointer {
        InputNoise.add(to: $0.baseAddress!, count: columns, deviation: 2, key: UInt32(truncatingIfNeeded: keys.next()))
      }
      for value in line {
        let z = Double(value) / 2
        sums += SIMD4(z, z * z, z * z * z, z * z * z * z)
        if abs(z) > 3 { beyond += 1 }
      }
    }
    let means = sums / Double(rows * columns)
    // Within five standard errors: 1, sqrt 2, sqrt 15, sqrt 96 over a thousand.
    #expect(abs(means[0]) < 0.005)
    #expect(abs(means[1] - 1) < 0.0071)
    #expect(abs(means[2]) < 0.0194)
    #expect(abs(means[3] - 3) < 0.049)
    #expect(abs(Double(beyond) / 1e6 - 0.0027) < 0.00026)
  }
}
