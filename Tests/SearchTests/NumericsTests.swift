import Foundation
import Search
import Testing

@Suite struct NumericsTests {
  @Test func `the exponential is the C library's`() {
    for index in 0...200_000 {
      let x = -700 + 1400 * Double(index) / 200_000
      let (ours, theirs) = (Exponential.exp(x), exp(x))
      #expect(abs(ours - theirs) <= 4.5e-16 * theirs, "\(x)")
    }
    #expect(Exponential.exp(0) == 1 && Exponential.exp(-1e9) < 1e-300)
  }

  /// The reference sorts and takes each neighbour's gap, as the definition says.
  @Test(arguments: ["spread", "crowded", "equal", "ends", "two places", "gaps"], [1, 2, 3, 7, 98, 3000])
  func `kernels are as wide as the gaps between sorted neighbours`(kind: String, count: Int) {
    let means = (0..<count).map { index -> Double in
      let u = Double(index * 7919 % 3001) / 3001
      return switch kind {
      case "spread": u
      case "crowded": 0.5 + 1e-9 * u
      case "equal": (u * 10).rounded() / 10
      case "ends": u < 0.5 ? 0 : 1
      case "two places": u < 0.5 ? 0.25 : 0.75
      default: (u * 37).rounded() / 37 * u
      }
    }
    let order = means.indices.sorted { (means[$0], $0) < (means[$1], $1) }
    let smallest = 1 / min(100, Double(count + 2))
    var expected = [Double](repeating: 1, count: count + 1)
    for (place, index) in order.enumerated() {
      var gaps = [smallest]
      if place > 0 { gaps.append(means[index] - means[order[place - 1]]) }
      if place < count - 1 { gaps.append(means[order[place + 1]] - means[index]) }
      if count == 1 { gaps += [means[index], 1 - means[index]] }
      expected[index] = min(gaps.max()!, 1)
    }
    #expect(ParzenEstimator([.float(low: 0, high: 1)], columns: [means]).widths == [expected])
  }

  /// Against the sum over all kernels, none left out: of two thousand, most are too far from a candidate to count.
  @Test func `the density of many kernels is their plain sum`() {
    let columns = (0..<3).map { (axis: Int) -> [Double] in
      let stride = 7919 + 1009 * axis
      return (0..<2000).map { Double(($0 * stride + axis) % 2003) / 2003 }
    }
    let domains = [Domain](repeating: .float(low: 0, high: 1), count: 3)
    let estimator = ParzenEstimator(domains, columns: columns)
    let at: [[Double]] = [[0.1, 0.5, 0.999], [0.2, 0.5, 0.001], [0.9, 0.5, 0.3]]
    let widths = estimator.widths.map { $0! }
    for (candidate, ours) in estimator.logDensity(at).enumerated() {
      var sum = 0.0
      for kernel in 0...2000 {
        var density = estimator.weights[kernel]
        for axis in 0..<3 {
          let mean: Double = kernel < 2000 ? columns[axis][kernel] : 0.5
          density *= truncatedDensity(at[axis][candidate], mean, widths[axis][kernel])
        }
        sum += density
      }
      #expect(abs(ours - log(sum)) < 1e-11, "candidate \(candidate)")
    }
  }

  /// Of a normal distribution truncated to 0...1.
  private func truncatedDensity(_ x: Double, _ mean: Double, _ width: Double) -> Double {
    func cumulative(_ x: Double) -> Double { 0.5 * erfc(-x * 0.5.squareRoot()) }
    let z: Double = (x - mean) / width
    let mass: Double = cumulative((1 - mean) / width) - cumulative(-mean / width)
    let root: Double = (2 * Double.pi).squareRoot()
    return exp(-0.5 * z * z) / (root * width * mass)
  }
}
