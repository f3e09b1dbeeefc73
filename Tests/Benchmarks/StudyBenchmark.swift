import Foundation
import Search
import Storage
import Studies
import Synchronization
import Vocabulary

/// What a shared study costs: workers without a training, on a database that the script beside this file starts.
///
/// A worker is a thread with a connection, a study and a heartbeat of its own, as each `attune worker` has them.
enum StudyBenchmark {
  /// What both sides of the comparison search: five parameters, no conditions.
  static let space = Space([
    Parameter("learning_rate", in: .float(low: 1e-5, high: 1, log: true)),
    Parameter("dropout", in: .float(low: 0, high: 0.9)),
    Parameter("momentum", in: .float(low: 0, high: 1)),
    Parameter("layers", in: .int(low: 1, high: 8)),
    Parameter("activation", in: .categorical([.text("relu"), .text("tanh"), .text("gelu")], ordered: false)),
  ])

  static func value(of point: Point) -> Double {
    let x = point["dropout"]?.number ?? 0
    let y = point["momentum"]?.number ?? 0
    return (x - 0.3) * (x - 0.3) + (y - 0.7) * (y - 0.7)
  }

  /// Trials a second of workers whose trials take `pause` seconds, once all of them are connected; the number of reports a trial.
  static func workers(_ words: [String]) throws {
    let (url, name, count, seconds) = (words[0], words[1], Int(words[2])!, Double(words[3])!)
    let sampler = Call(words[4])
    let (pause, reports) = (Double(words[5])!, Int(words[6])!)
    var settings = StudySettings(metrics: ["value"], sampler: sampler, space: space)
    settings.seed = 1
    let own = try Study.create(named: name, settings, in: PostgreSQLStorage(url))
    let plan = try own.begin(RunLimits(timeout: 1e6, parallel: count))
    let isOver = Atomic(false)
    let ready = DispatchSemaphore(value: 0)
    let start = DispatchSemaphore(value: 0)
    let ended = DispatchSemaphore(value: 0)
    let done = Mutex((trials: 0, waited: 0.0, suggesting: 0.0, errors: [String]()))
    let isTiming = Atomic(false)
    for _ in 0..<count {
      let thread = Thread {
        do {
          let study = try Study.open(named: name, in: PostgreSQLStorage(url))
          ready.signal()
          start.wait()
          let summary = try study.run(RunLimits(plan: plan)) { trial in
            for step in stride(from: 1, through: reports, by: 1) {
              if pause > 0 { Thread.sleep(forTimeInterval: pause / Double(reports)) }
              _ = try trial.report(step: step, value: value(of: trial.point) + 1 / Double(step))
            }
            if reports == 0, pause > 0 { Thread.sleep(forTimeInterval: pause) }
            if isTiming.load(ordering: .relaxed) { done.withLock { $0.trials += 1 } }
            return [value(of: trial.point)]
          } isCancelled: {
            isOver.load(ordering: .relaxed)
          }
          done.withLock {
            $0.waited += summary.secondsWaited
            $0.suggesting += summary.secondsSuggesting
          }
        } catch {
          done.withLock { $0.errors.append("\(error)") }
          ready.signal()
        }
        ended.signal()
      }
      thread.stackSize = 1 << 20
      thread.start()
    }
    for _ in 0..<count { ready.wait() }
    for _ in 0..<count { start.signal() }
    // Until the first trials are through, there is nothing to wait for.
    Thread.sleep(forTimeInterval: max(1, 2 * pause))
    let (clock, used) = (ContinuousClock.now, processSeconds())
    isTiming.store(true, ordering: .relaxed)
    Thread.sleep(forTimeInterval: seconds)
    isTiming.store(false, ordering: .relaxed)
    let took = (ContinuousClock.now - clock) / .seconds(1)
    let ownSeconds = processSeconds() - used
    isOver.store(true, ordering: .relaxed)
    for _ in 0..<count { ended.wait() }
    let result = done.withLock { $0 }
    let errors = Set(result.errors).prefix(3).map { "\"\($0.replacing("\"", with: "'"))\"" }.joined(separator: ", ")
    print(
      "{\"trials\": \(result.trials), \"seconds\": \(took), \"client_cpu\": \(ownSeconds), \"waited\": \(result.waited), "
        + "\"suggesting\": \(result.suggesting), \"errors\": [\(errors)]}")
  }

  /// Seconds of opening a study that has many trials already, and of a suggestion, a trial's start and its end in it.
  static func latency(_ words: [String]) throws {
    let (url, name, sampler, count) = (words[0], words[1], words[2], Int(words[3])!)
    let storage = try PostgreSQLStorage(url)
    let clock = ContinuousClock()
    let begun = clock.now
    let study = try Study.open(
      named: name, in: storage, fallback: StudySettings(metrics: ["value"], sampler: Call(sampler), space: space))
    let opening = (clock.now - begun) / .seconds(1)
    var asks: [Double] = []
    var tells: [Double] = []
    for _ in 0..<count {
      let a = clock.now
      guard let trial = try study.ask() else { break }
      let b = clock.now
      try study.tell(trial.number, .complete([value(of: trial.point)]))
      asks.append((b - a) / .milliseconds(1))
      tells.append((clock.now - b) / .milliseconds(1))
    }
    func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
    print("{\"opening\": \(opening), \"ask\": \(median(asks)), \"tell\": \(median(tells))}")
  }

  /// Processor seconds of this process.
  private static func processSeconds() -> Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + Double(
      usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
  }
}
