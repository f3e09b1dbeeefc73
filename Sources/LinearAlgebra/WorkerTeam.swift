import Foundation
import Synchronization

/// A fixed number of threads that do one piece of work after another together; the caller is the first of them.
///
/// Between pieces the others spin for a moment and then sleep, so that pieces of some microseconds cost little and an
/// idle team costs nothing. The work is given once: starting a piece allocates nothing. Where the system refuses a thread, the
/// caller does its share: slower, and the same numbers.
package final class WorkerTeam: @unchecked Sendable {
  package let count: Int
  private let shared: Shared
  /// Threads that were to be had, the caller's among them.
  private let present: Int

  /// `work` is called with the number of the piece and of the thread, on every thread for each piece.
  package init(threads: Int, work: @escaping @Sendable (_ piece: Int, _ thread: Int) -> Void) {
    count = max(1, threads)
    let shared = Shared(work: work)
    self.shared = shared
    let started = (1..<count).prefix { index in
      SystemThread.start(stackSize: 8 << 20) { shared.serve(index) }
    }
    present = 1 + started.count
  }

  deinit { shared.publish(-1) }

  /// Does one piece on every thread; returns when all are done. Not reentrant; one caller at a time.
  package func run(_ piece: Int) {
    guard count > 1 else { return shared.work(piece, 0) }
    shared.pending.store(present - 1, ordering: .relaxed)
    shared.publish(piece)
    shared.work(piece, 0)
    for absent in present..<count { shared.work(piece, absent) }
    var spins = 0
    while shared.pending.load(ordering: .acquiring) > 0 {
      spins += 1
      // More threads than cores: let the others run.
      if spins > 20_000 { sched_yield() }
    }
  }

  /// What the threads share; it outlives the team until the last worker has left.
  private final class Shared: @unchecked Sendable {
    let work: @Sendable (Int, Int) -> Void
    let pending = Atomic<Int>(0)
    private let generation = Atomic<Int>(0)
    private let piece = Atomic<Int>(0)
    private let sleepers = Atomic<Int>(0)
    private let condition = NSCondition()

    init(work: @escaping @Sendable (Int, Int) -> Void) { self.work = work }

    func publish(_ next: Int) {
      piece.store(next, ordering: .relaxed)
      generation.add(1, ordering: .sequentiallyConsistent)
      // A worker that goes to sleep counts itself first and looks at the generation afterwards: one of us sees the other.
      if sleepers.load(ordering: .sequentiallyConsistent) > 0 {
        condition.lock()
        condition.broadcast()
        condition.unlock()
      }
    }

    func serve(_ index: Int) {
      var seen = 0
      while true {
        seen = wait(after: seen)
        let next = piece.load(ordering: .relaxed)
        if next < 0 { return }
        work(next, index)
        pending.subtract(1, ordering: .acquiringAndReleasing)
      }
    }

    private func wait(after seen: Int) -> Int {
      for _ in 0..<20_000 {
        let now = generation.load(ordering: .acquiring)
        if now != seen { return now }
      }
      condition.lock()
      sleepers.add(1, ordering: .sequentiallyConsistent)
      defer {
        sleepers.subtract(1, ordering: .sequentiallyConsistent)
        condition.unlock()
      }
      while true {
        let now = generation.load(ordering: .sequentiallyConsistent)
        if now != seen { return now }
        condition.wait()
      }
    }
  }
}
