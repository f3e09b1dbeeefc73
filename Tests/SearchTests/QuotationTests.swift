import Foundation
import Search
import Testing

private typealias Measurement = Search.Measurement

/// Intervals, comparisons and allocations are those of SciPy and statsmodels: Tests/References/quotation.py.
@Suite struct QuotationTests {
  private struct Numbers: Decodable {
    struct Share: Decodable { var right: Int, rows: Int, low: Double, high: Double }
    struct Student: Decodable { var t: Double, degrees: Double, cumulative: Double }
    struct Quantile: Decodable { var p: Double, degrees: Double, t: Double }
    struct Allocation: Decodable {
      var means: [Double], deviations: [Double], shares: [Double], runs: [Int], chance: Double
    }
    struct Folds: Decodable { var a: [Double], b: [Double], folds: Int, variance: Double, p: Double }
    struct Chosen: Decodable {
      var values: [Double], replicates: [[Double]], optimism: Double, low: Double, high: Double, beats: [[Double]]
    }
    var wilson: [Share]
    var student: [Student]
    var quantiles: [Quantile]
    var allocations: [Allocation]
    var folds: [Folds]
    var studies: [Chosen]
  }

  private let numbers: Numbers

  init() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("References/quotation.json")
    numbers = try JSONDecoder().decode(Numbers.self, from: Data(contentsOf: file))
  }

  private func isNear(_ a: Double, _ b: Double, _ tolerance: Double = 1e-9) -> Bool {
    abs(a - b) <= tolerance * max(1, abs(b))
  }

  @Test func `Wilson's interval`() {
    for share in numbers.wilson {
      let interval = Wilson.interval(share: Double(share.right) / Double(share.rows), rows: share.rows)
      #expect(isNear(interval.lowerBound, share.low) && isNear(interval.upperBound, share.high), "\(share)")
    }
  }

  @Test func `Student's distribution`() {
    for row in numbers.student {
      #expect(isNear(StudentT.cumulative(row.t, degrees: row.degrees), row.cumulative, 1e-12), "\(row)")
    }
    for row in numbers.quantiles {
      #expect(isNear(StudentT.quantile(row.p, degrees: row.degrees), row.t), "\(row)")
      #expect(isNear(StudentT.quantile(1 - row.p, degrees: row.degrees), -row.t), "\(row)")
    }
  }

  @Test func `shares of further runs`() {
    for row in numbers.allocations {
      for (share, wanted) in zip(OCBA.shares(means: row.means, deviations: row.deviations), row.shares) {
        #expect(isNear(share, wanted), "\(row)")
      }
      let chance = OCBA.chanceOfBest(means: row.means, deviations: row.deviations, runs: row.runs)
      #expect(isNear(chance, max(0, row.chance)), "\(row)")
    }
    // Equal candidates and candidates without spread still share everything.
    for (means, deviations) in [([1.0, 1, 1], [1.0, 1, 1]), ([1.0, 2], [0.0, 0]), ([1.0], [1.0])] {
      let shares = OCBA.shares(means: means, deviations: deviations)
      #expect(isNear(shares.reduce(0, +), 1) && shares.allSatisfy { $0 >= 0 }, "\(shares)")
    }
  }

  @Test func `differences over common folds`() throws {
    for row in numbers.folds {
      func measurement(_ number: Int, _ parts: [Double]) -> Measurement {
        Measurement(
          number: number, value: parts.reduce(0, +) / Double(parts.count), parts: parts, folds: row.folds)
      }
      let (a, b) = (measurement(0, row.a), measurement(1, row.b))
      #expect(isNear(try #require(a.error(of: b)).variance, row.variance))
      let quotation = try #require(Quotation(best: 0, among: [a, b]))
      #expect(isNear(try #require(quotation.chanceOfBeating(b)), row.p))
    }
  }

  @Test func `the best of many`() throws {
    for study in numbers.studies {
      let all = study.values.indices.map {
        Measurement(number: $0, value: study.values[$0], replicates: study.replicates[$0])
      }
      let best = study.values.indices.min { study.values[$0] < study.values[$1] }!
      let quotation = try #require(Quotation(best: best, among: all))
      #expect(isNear(quotation.optimism, study.optimism))
      let interval = try #require(quotation.interval())
      #expect(isNear(interval.lowerBound, study.low) && isNear(interval.upperBound, study.high))
      for pair in study.beats {
        #expect(isNear(try #require(quotation.chanceOfBeating(all[Int(pair[0])])), pair[1]))
      }
      let wanted = study.beats.filter { $0[1] <= 0.95 }.map { Int($0[0]) }
      #expect(Set(quotation.ties().map(\.number)) == Set(wanted))
    }
  }

  @Test func `without errors nothing is said`() {
    #expect(Quotation(best: 0, among: [Measurement(number: 0, value: 1), Measurement(number: 1, value: 2)]) == nil)
  }
}

/// What no trial has tried: values of sets and short ranges, and gaps of long ones.
@Suite struct UntriedTests {
  private let space = Space([
    Parameter("layers", in: .int(low: 1, high: 4)), Parameter("rate", in: .float(low: 1e-4, high: 1, log: true)),
    Parameter("rule", in: .categorical([.text("adam"), .text("sgd")], ordered: false)),
    Parameter("momentum", in: .float(low: 0, high: 1), when: .compare("rule", .equal, .text("sgd"))),
  ])

  @Test func `parts that are left out`() throws {
    let points: [Point] = [
      ["layers": .int(1), "rate": .float(1e-4), "rule": .text("adam")],
      ["layers": .int(3), "rate": .float(1e-2), "rule": .text("adam")],
      ["layers": .int(9), "rate": .float(10), "rule": .text("adam")],
    ]
    let parts = Untried.parts(of: space, in: points)
    let found = Dictionary(uniqueKeysWithValues: parts.map { ($0.name, $0.part) })
    #expect(found["layers"] == .values([.int(2), .int(4)]))
    #expect(found["rule"] == .values([.text("sgd")]))
    #expect(found["momentum"] == .everything)
    guard case .gap(let low, let high)? = found["rate"] else { Issue.record("no gap: \(parts)"); return }
    // The first of two gaps of equal width.
    #expect(abs(low / 1e-4 - 1) < 1e-9 && abs(high / 1e-2 - 1) < 1e-9)
  }
}
