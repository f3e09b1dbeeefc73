import Kernel
import Testing

@Suite struct ExecuteQueueTests {
  private typealias Queue = ExecuteQueue<Int>
  private let start = ContinuousClock.now
  private var later: ContinuousClock.Instant { start + Queue.burst }

  private func words(_ actions: [ExecuteAction<Int>]) -> [String] {
    actions.map {
      switch $0 {
      case .start(let job): "start \(job)"
      case .close: "close"
      case .abort(let job): "abort \(job)"
      }
    }
  }

  @Test func `Cells run one after another, in order`() {
    var queue = Queue()
    #expect(words(queue.enqueue(1, stopsOnError: true, at: start)) == ["start 1"])
    #expect(words(queue.enqueue(2, stopsOnError: true, at: start)) == [])
    #expect(words(queue.enqueue(3, stopsOnError: true, at: start)) == [])
    #expect(words(queue.finish(hasFailed: false, at: start)) == ["close", "start 2"])
    #expect(words(queue.finish(hasFailed: false, at: start)) == ["close", "start 3"])
    #expect(words(queue.finish(hasFailed: false, at: start)) == ["close"])
    #expect(queue.isIdle)
  }

  @Test func `A failure aborts what was sent before it could be known of, and nothing later`() {
    var queue = Queue()
    _ = queue.enqueue(1, stopsOnError: true, at: start)
    #expect(words(queue.finish(hasFailed: true, at: start)) == [])
    #expect(queue.deadline == later)
    #expect(words(queue.tick(at: start)) == [])
    #expect(words(queue.tick(at: later)) == ["close"])
    #expect(words(queue.enqueue(2, stopsOnError: true, at: later)) == ["start 2"])
  }

  @Test(arguments: 1...4) func `A burst that goes on arriving is aborted to its end, each gap shorter than the limit`(
    failing: Int
  ) {
    var queue = Queue()
    var now = start
    var said: [String] = []
    for job in 1...24 {
      said += words(queue.enqueue(job, stopsOnError: true, at: now))
      if job <= failing { said += words(queue.finish(hasFailed: job == failing, at: now)) }
      now += Queue.burst - .milliseconds(1)
      said += words(queue.tick(at: now))
    }
    let before = (1...failing).flatMap { ["start \($0)", "close"] }
    // The last answer is held, all others were given when the next request came.
    #expect(said == before + (failing + 1...23).map { "abort \($0)" })
    now += Queue.silence
    #expect(words(queue.tick(at: now)) == ["abort 24"])
    #expect(words(queue.enqueue(25, stopsOnError: true, at: now)) == ["start 25"])
  }

  @Test func `A failed cell's end is told at once where another request waits`() {
    var queue = Queue()
    _ = queue.enqueue(1, stopsOnError: true, at: start)
    _ = queue.enqueue(2, stopsOnError: true, at: start)
    _ = queue.enqueue(3, stopsOnError: false, at: start)
    #expect(words(queue.finish(hasFailed: true, at: start)) == ["close", "abort 2"])
    #expect(words(queue.tick(at: later)) == [])
    #expect(words(queue.tick(at: start + Queue.silence)) == ["abort 3"])
  }

  @Test func `A request that finds the silence over runs, though nobody has looked at the clock yet`() {
    var queue = Queue()
    _ = queue.enqueue(1, stopsOnError: true, at: start)
    #expect(words(queue.finish(hasFailed: true, at: start)) == [])
    #expect(words(queue.enqueue(2, stopsOnError: true, at: later)) == ["close", "start 2"])
  }

  @Test func `A queue that is closed gives the answer that it held`() {
    var queue = Queue()
    _ = queue.enqueue(1, stopsOnError: true, at: start)
    #expect(words(queue.finish(hasFailed: true, at: start)) == [])
    #expect(words(queue.close()) == ["close"])
    #expect(queue.deadline == nil)
  }

  @Test func `A cell that failed late has nothing to wait for`() {
    var queue = Queue()
    _ = queue.enqueue(1, stopsOnError: true, at: start)
    _ = queue.enqueue(2, stopsOnError: true, at: start)
    #expect(words(queue.finish(hasFailed: true, at: start + Queue.silence)) == ["close", "abort 2"])
  }

  @Test func `A failure that should not stop the others does not`() {
    var queue = Queue()
    _ = queue.enqueue(1, stopsOnError: false, at: start)
    _ = queue.enqueue(2, stopsOnError: true, at: start)
    #expect(words(queue.finish(hasFailed: true, at: start)) == ["close", "start 2"])
  }

  @Test func `A closed queue refuses, and lets the running cell end`() {
    var queue = Queue()
    _ = queue.enqueue(1, stopsOnError: true, at: start)
    _ = queue.enqueue(2, stopsOnError: true, at: start)
    #expect(words(queue.close()) == ["abort 2"])
    #expect(words(queue.enqueue(3, stopsOnError: true, at: start)) == ["abort 3"])
    #expect(words(queue.finish(hasFailed: true, at: start)) == ["close"])
    #expect(words(queue.enqueue(4, stopsOnError: true, at: later)) == ["abort 4"])
  }

  @Test func `A held queue starts when it is released`() {
    var queue = Queue(isHeld: true)
    #expect(queue.deadline == nil)
    #expect(words(queue.enqueue(1, stopsOnError: true, at: start)) == [])
    #expect(words(queue.enqueue(2, stopsOnError: true, at: later)) == [])
    #expect(queue.deadline == start + Queue.patience)
    #expect(words(queue.tick(at: later)) == [])
    #expect(words(queue.release()) == ["start 1"])
    #expect(queue.deadline == nil)
    #expect(words(queue.release()) == [])
    #expect(words(queue.finish(hasFailed: false, at: later)) == ["close", "start 2"])
  }

  @Test func `A held queue loses its patience`() {
    var queue = Queue(isHeld: true)
    _ = queue.enqueue(1, stopsOnError: true, at: start)
    #expect(words(queue.tick(at: start + Queue.patience)) == ["start 1"])
    #expect(words(queue.finish(hasFailed: false, at: later)) == ["close"])
    #expect(words(queue.enqueue(2, stopsOnError: true, at: later)) == ["start 2"])
  }

  @Test func `A held queue that is closed starts nothing`() {
    var queue = Queue(isHeld: true)
    _ = queue.enqueue(1, stopsOnError: true, at: start)
    #expect(words(queue.close()) == ["abort 1"])
    #expect(words(queue.tick(at: start + Queue.patience)) == [])
    #expect(words(queue.release()) == [])
    #expect(words(queue.enqueue(2, stopsOnError: true, at: later)) == ["abort 2"])
  }

  @Test func `Many cells keep their order`() {
    var queue = Queue()
    var started = words(queue.enqueue(0, stopsOnError: true, at: start))
    for job in 1..<5000 { _ = queue.enqueue(job, stopsOnError: true, at: start) }
    for _ in 0..<5000 { started += words(queue.finish(hasFailed: false, at: start)).filter { $0 != "close" } }
    #expect(started == (0..<5000).map { "start \($0)" })
    #expect(queue.isIdle)
  }
}
