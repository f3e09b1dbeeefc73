import Foundation
import Search
import Testing
import Vocabulary

/// A sampler that learns keeps away from where trials fail.
@Suite struct FailedTrialTests {
  /// Four fifths of the range fail, as a learning rate does that is far too large.
  private static let space = Space([Parameter("rate", in: .float(low: 1e-3, high: 1e30, log: true))])

  private static let learning = Samplers.all.map(\.syntax.name).filter { name in
    (try? Samplers.make(Call(name)).looksBack) == true && name != "grid"
  }

  @Test(arguments: learning)
  func `of the last forty trials at most half fail`(name: String) throws {
    let sampler = try Samplers.make(Call(name))
    var failures: [Int] = []
    for seed in 0..<3 {
      var history: [Observation] = []
      for number in 0..<80 {
        let request = SamplingRequest(
          number: number, space: Self.space, directions: [.minimize], history: history, seed: UInt64(seed))
        let point = try #require(try sampler.feasibleSuggestion(request)).point
        let rate = log10(try #require(point["rate"]?.number))
        let fails = rate > 3
        let values = fails ? [] : [(rate + 1) * (rate + 1)]
        history.append(
          Observation(number: number, state: fails ? .failed : .complete, point: point, values: values))
      }
      failures.append(history.suffix(40).count { $0.state == .failed })
    }
    #expect(failures.sorted()[1] <= 20, "\(failures)")
  }
}
