import Drawing
import Testing

@Suite struct ReductionTests {
  private static func noisy(_ count: Int) -> [Double] {
    var noise = Noise(21)
    return (0..<count).map { _ in noise.next() }
  }

  @Test func `a line keeps its extremes, ends and spikes`() {
    var y = Self.noisy(50_000)
    y[12_345] = 9
    y[33_333] = -9
    let kept = Reduction.line(y, limit: 3000)
    #expect(kept.count <= 3000 && kept == kept.sorted() && Set(kept).count == kept.count)
    #expect(Set([0, 12_345, 33_333, 49_999]).isSubset(of: kept))
  }

  /// Each pixel column of a picture 750 columns wide has the same least and greatest value before and after.
  @Test func `the picture of a line does not change`() {
    let y = Self.noisy(30_000)
    let kept = Reduction.line(y, limit: 3000)
    for column in 0..<750 {
      let range = (column * y.count / 750)..<((column + 1) * y.count / 750)
      let before = y[range]
      let after = kept.filter { range.contains($0) }.map { y[$0] }
      #expect(before.min() == after.min() && before.max() == after.max())
    }
  }

  @Test func `gaps stay gaps`() {
    var y = Self.noisy(10_000)
    for index in [100, 5000, 5001, 9998] { y[index] = .nan }
    let kept = Reduction.line(y, limit: 400)
    for (left, right) in zip(kept, kept.dropFirst()) where y[left].isFinite && y[right].isFinite {
      #expect(!y[left...right].contains { $0.isNaN }, "a gap closed between \(left) and \(right)")
    }
    #expect(kept.contains { y[$0].isNaN })
  }

  @Test func `few points are all kept`() {
    #expect(Reduction.line([3, 1, 2], limit: 3) == [0, 1, 2])
    #expect(Reduction.line([], limit: 3) == [])
    #expect(Reduction.cloud([[1, 2]], count: 2, limit: 5) == [0, 1])
  }

  @Test func `a cloud keeps its extremes`() {
    let (x, y) = (Self.noisy(20_000), Array(Self.noisy(20_000).reversed()))
    let kept = Reduction.cloud([x, y], count: 20_000, limit: 1000)
    #expect(kept.count <= 1000)
    for column in [x, y] {
      #expect(kept.map { column[$0] }.min() == column.min() && kept.map { column[$0] }.max() == column.max())
    }
  }

  @Test func `a budget is shared, small layers first`() {
    #expect(Reduction.shares([10, 20], total: 100) == [10, 20])
    #expect(Reduction.shares([1000, 10, 1000], total: 110) == [50, 10, 50])
    #expect(Reduction.shares(Array(repeating: 100, count: 50), total: 1000).reduce(0, +) == 1000)
  }
}
