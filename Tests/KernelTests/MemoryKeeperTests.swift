import Kernel
import Testing

@Suite struct MemoryKeeperTests {
  private let start = ContinuousClock.now
  private var later: ContinuousClock.Instant { start + MemoryKeeper.quiet }

  @Test func `Memory is given back once after a quiet while`() {
    var keeper = MemoryKeeper()
    #expect(keeper.deadline == nil)
    let beforeAnyWork = keeper.isDue(at: later, whileRunning: false)
    keeper.worked(at: start)
    #expect(keeper.deadline == later)
    let answers = [start, later, later].map { keeper.isDue(at: $0, whileRunning: false) }
    #expect([beforeAnyWork] + answers == [false, false, true, false])
  }

  @Test func `Work puts it off, and a running cell until its end`() {
    var keeper = MemoryKeeper()
    keeper.worked(at: start)
    keeper.worked(at: later)
    let end = later + MemoryKeeper.quiet
    let soon = keeper.isDue(at: later, whileRunning: false)
    let running = keeper.isDue(at: end, whileRunning: true)
    #expect(!soon && !running && keeper.deadline == nil)
    keeper.worked(at: end)
    let afterwards = keeper.isDue(at: end + MemoryKeeper.quiet, whileRunning: false)
    #expect(afterwards)
  }
}
