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

  @Test func `A failure aborts what came before it can be known of, and nothing later`() {
    var queue = Queue()
    _ = queue.enqueue(1, stopsOnError: true, at: start)
    _ = queue.enqueue(2, stopsOnError: true, at: start)
    #expect(words(queue.finish(hasFailed: true, at: start)) == [])
    #expect(words(queue.enqueue(3, stopsOnError: false, at: start)) == [])
    #expect(words(queue.tick(at: start)) == [])
    #expect(queue.deadline == later)
    #expect(words(queue.tick(at: later)) == ["close", "abort 2", "abort 3"])
    #expect(words(queue.enqueue(4, stopsOnError: true, at: later)) == ["start 4"])
  }

  @Test func `A cell that failed late has nothing to wait for`() {
    var queue = Queue()
    _ = queue.enqueue(1, stopsOnError: true, at: start)
    _ = queue.enqueue(2, stopsOnError: true, at: start)
    #expect(words(queue.finish(hasFailed: true, at: later)) == ["close", "abort 2"])
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
