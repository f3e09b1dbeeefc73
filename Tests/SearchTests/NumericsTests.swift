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

  @Test(arguments: ["spread", "crowded", "equal", "outside", "two"])
  func `numbers are put in the order of the library's sort`(kind: String) {
    let values = (0..<3000).map { index -> Double in
      let u = Double(index * 7919 % 3001) / 3001
      return switch kind {
      case "spread": u
      case "crowded": 0.5 + 1e-9 * u
      case "equal": (u * 10).rounded()
      case "outside": 5 * u - 2
      default: u < 0.5 ? 0.25 : 0.75
      }
    }
    let expected = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    #expect(SpreadSort.order(values, low: 0, high: 1) == expected)
    #expect(SpreadSort.order([], low: 0, high: 1) == [] && SpreadSort.order([3], low: 0, high: 1) == [0])
  }
}
