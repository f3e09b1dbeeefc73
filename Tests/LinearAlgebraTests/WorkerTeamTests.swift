import LinearAlgebra
import Synchronization
import Testing

@Suite struct WorkerTeamTests {
  @Test(arguments: [1, 2, 4, 9])
  func `every thread does every piece once, and all are done when run returns`(threads: Int) {
    let sums = Mutex([Int](repeating: 0, count: threads))
    let team = WorkerTeam(threads: threads) { piece, thread in sums.withLock { $0[thread] += piece } }
    var expected = 0
    for piece in 1...2000 {
      team.run(piece)
      expected += piece
    }
    #expect(sums.withLock { $0 } == [Int](repeating: expected, count: threads))
  }
}
