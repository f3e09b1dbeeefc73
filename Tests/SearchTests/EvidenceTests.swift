import Foundation
import Search
import Testing

/// What the Gaussian process learns from trials that were given up.
@Suite struct EvidenceTests {
  private let space = Space([Parameter("x", in: .float(low: 0, high: 1, step: nil, log: false))])

  /// The better its end, the slower a trial learns: what is lost at step s of 16 falls with the logarithm of s.
  private func curve(_ x: Double) -> [(step: Int, value: Double)] {
    (1...16).map { step in
      let progress = log(Double(step)) / log(16)
      return (step, (x - 0.8) * (x - 0.8) + 3 * x * (1 - progress))
    }
  }

  private func trial(_ number: Int, _ x: Double, _ last: Int) -> Observation {
    let reports = Array(curve(x).prefix(last))
    return Observation(
      number: number, state: last == 16 ? .complete : .pruned, point: ["x": .float(x)], values: [reports.last!.value],
      reports: reports)
  }

  @Test func `without pruned trials a row is a trial's end`() {
    let trials = [trial(0, 0.25, 16), trial(1, 0.5, 16)]
    let evidence = Evidence(trials, UnitCube(space), limit: 100)
    #expect(!evidence.hasProgress)
    let places: [[Double]] = [[0.25], [0.5]]
    #expect(evidence.rows.map(\.vector) == places)
    #expect(evidence.rows.map(\.values) == trials.map(\.values))
    #expect(evidence.rows.allSatisfy { $0.isEnd && $0.isLatest })
  }

  @Test func `a pruned trial stands at the step that it came to`() {
    let evidence = Evidence([trial(0, 0.25, 16), trial(1, 0.5, 4)], UnitCube(space), limit: 100)
    #expect(evidence.hasProgress)
    let places: [[Double]] = [
      [0.25, 0], [0.25, 0.25], [0.25, 0.5], [0.25, 0.75], [0.25, 1], [0.5, 0], [0.5, 0.25], [0.5, 0.5],
    ]
    #expect(evidence.rows.map(\.vector) == places)
    let (first, second) = (curve(0.25), curve(0.5))
    let values = [0, 1, 3, 7, 15].map { first[$0].value } + [0, 1, 3].map { second[$0].value }
    #expect(evidence.rows.flatMap(\.values) == values)
    #expect(evidence.rows.map(\.isEnd) == [false, false, false, false, true, false, false, false])
    #expect(evidence.rows.map(\.isLatest) == [false, false, false, false, true, false, false, true])
  }

  @Test func `early reports of old trials make room`() {
    let trials = [trial(0, 0.25, 16), trial(1, 0.5, 4), trial(2, 0.75, 2)]
    let evidence = Evidence(trials, UnitCube(space), limit: 6)
    let places: [[Double]] = [[0.25, 1], [0.5, 0], [0.5, 0.25], [0.5, 0.5], [0.75, 0], [0.75, 0.25]]
    #expect(evidence.rows.map(\.vector) == places)
    #expect(Evidence(trials, UnitCube(space), limit: 2).rows.count == 3)
  }

  @Test func `a report that is not a number is no evidence but of the end`() {
    var diverged = trial(1, 0.5, 4)
    diverged.reports[1].value = .infinity
    diverged.reports[3].value = .nan
    diverged.values = [.nan]
    let rows = Evidence([diverged], UnitCube(space), limit: 100).rows
    #expect(rows.count == 2)
    #expect(rows[0].values == [diverged.reports[0].value])
    #expect(!rows[0].isLatest)
    #expect(rows[1].isLatest)
    #expect(rows[1].values[0].isNaN)
  }

  /// All that learns slowly was given up early, with values far worse than any end: the model still looks there, where the best is.
  @Test(arguments: 1...5) func `what starts slowly is not taken to end badly`(seed: UInt64) throws {
    var history = [0.05, 0.15, 0.3, 0.4].enumerated().map { trial($0.offset, $0.element, 16) }
    history += [0.55, 0.65, 0.8, 0.95].enumerated().map { trial(4 + $0.offset, $0.element, 4) }
    let request = SamplingRequest(
      number: 8, space: space, directions: [.minimize], history: history, seed: seed)
    let x = try #require(GPSampler().suggest(request)?.point["x"]?.number)
    #expect(x > 0.5)
  }
}
