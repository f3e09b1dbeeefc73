import Foundation
import LinearAlgebra
import Testing

/// The branch-free functions against the C library's in double precision.
@Suite struct VectorMathTests {
  private func worst(
    _ range: ClosedRange<Double>, relative: Bool, _ ours: (Float) -> Float, _ theirs: (Double) -> Double
  ) -> Double {
    (0...200_000).reduce(0) { worst, k in
      let x = Float(range.lowerBound + (range.upperBound - range.lowerBound) * Double(k) / 200_000)
      let (a, b) = (Double(ours(x)), theirs(Double(x)))
      return max(worst, abs(a - b) / (relative ? max(abs(b), 1e-300) : 1))
    }
  }

  @Test func `exp is good to two units in the last place, and clamped outside`() {
    #expect(worst(-87...88, relative: true, VectorMath.exp, Foundation.exp) < 1.3e-7)
    #expect(VectorMath.exp(-1000) < 1e-37)
    #expect(VectorMath.exp(1000).isFinite)
    #expect(VectorMath.exp(0) == 1)
  }

  @Test func `log, tanh, sigmoid, softplus and erf`() {
    #expect(worst(1e-3...1000, relative: false, VectorMath.log, Foundation.log) < 1e-6)
    #expect(worst(-12...12, relative: false, VectorMath.tanh, Foundation.tanh) < 2e-7)
    #expect(worst(-0.5...0.5, relative: false, { VectorMath.tanh($0) - $0 }, { Foundation.tanh($0) - $0 }) < 1e-7)
    #expect(worst(-80...80, relative: false, VectorMath.sigmoid) { 1 / (1 + Foundation.exp(-$0)) } < 2e-7)
    #expect(
      worst(-20...20, relative: false, VectorMath.softplus) { log1p(Foundation.exp(-abs($0))) + max($0, 0) } < 2e-6)
    #expect(worst(-6...6, relative: false, VectorMath.erf, Foundation.erf) < 6e-7)
  }

  @Test func `what is not a number stays so`() {
    #expect(VectorMath.exp(.nan).isNaN)
    #expect(VectorMath.sigmoid(.nan).isNaN)
    #expect(VectorMath.log(.nan).isNaN)
    #expect(VectorMath.tanh(.nan).isNaN)
    #expect(VectorMath.softplus(.nan).isNaN)
    #expect(VectorMath.erf(.nan).isNaN)
  }
}
