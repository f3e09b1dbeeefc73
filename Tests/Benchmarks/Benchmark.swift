import Datasets
import Foundation
import NeuralNetworks
import Synchronization
import Vocabulary

/// The trainer's side of the comparisons that the scripts beside this file make; each command prints one JSON line.
enum Benchmark {
  static let usage = """
    benchmarks train LAYERS NEURONS BATCH OPTIMIZER EPOCHS THREADS [ROWS]   seconds and losses an epoch, share of the peak
    benchmarks trials CONFIGURATIONS.json WORKERS EPOCHS SEED              configurations side by side
    benchmarks accuracy LAYERS NEURONS BATCH EPOCHS SEEDS                  test accuracy for each seed
    benchmarks memory LAYERS NEURONS BATCH                                 resident bytes against what must be held
    benchmarks peak LAYERS NEURONS BATCH                                   plain loops, one core, all cores, share of the peak
    benchmarks workers URL STUDY WORKERS SECONDS SAMPLER PAUSE REPORTS     trials a second of workers that share a new study
    benchmarks latency URL STUDY SAMPLER COUNT                             milliseconds of ask and tell in a study that is there
    """

  static func main(_ arguments: [String]) {
    let words = Array(arguments.dropFirst())
    do {
      switch arguments.first {
      case "train": try train(words)
      case "trials": try trials(words)
      case "accuracy": try accuracy(words)
      case "memory": try memory(words)
      case "peak": try peak(words)
      case "workers": try StudyBenchmark.workers(words)
      case "latency": try StudyBenchmark.latency(words)
      default: print(usage)
      }
    } catch {
      print("error: \(error)")
      exit(1)
    }
  }

  static func network(_ layers: Int, _ neurons: Int) -> NetworkDescription {
    var network = NetworkDescription()
    network.hidden = Array(repeating: neurons, count: layers)
    return network
  }

  static func fashion(validation: Int, limit: Int? = nil) throws -> Dataset {
    var preparation = Preparation()
    (preparation.validation, preparation.limit) = (.count(validation), limit)
    return try DataSources.dataset(Call("fashion_mnist"), preparation)
  }

  static func train(_ words: [String]) throws {
    var plan = TrainingPlan()
    plan.batchSize = .rows(Int(words[2])!)
    plan.optimizer = Call(words[3])
    plan.learningRate = words[3] == "sgd" ? 0.1 : 1e-3
    plan.epochs = Int(words[4])!
    let clock = ContinuousClock()
    let start = clock.now
    let data = try fashion(validation: 0, limit: words.count > 6 ? Int(words[6]) : nil)
    let run = try TrainingRun(network(Int(words[0])!, Int(words[1])!), plan, data: data, threads: Int(words[5])!)
    let ready = (clock.now - start) / .seconds(1)
    var seconds: [Double] = []
    var last = 0.0
    try run.train(onEpoch: { record in
      seconds.append(record.seconds - last)
      last = record.seconds
      return true
    })
    let flops = run.architecture.flopsPerSample * Double(data.training.count) / seconds.min()!
    print(
      "{\"ready\": \(ready), \"seconds\": \(seconds), \"gflops\": \(flops / 1e9), \"train_loss\": \(run.history.trainLoss)}"
    )
  }

  struct Configuration: Decodable {
    var layers: Int
    var neurons: Int
    // swift-format-ignore: AlwaysUseLowerCamelCase
    var batch_size: Int
    // swift-format-ignore: AlwaysUseLowerCamelCase
    var learning_rate: Double
  }

  /// Workers take the next configuration until none is left: what a study does, without its bookkeeping. `seconds` are
  /// all, `loading` those before the first trial.
  static func trials(_ words: [String]) throws {
    let clock = ContinuousClock()
    let start = clock.now
    let list = try JSONDecoder().decode([Configuration].self, from: Data(contentsOf: URL(fileURLWithPath: words[0])))
    let (workers, epochs, seed) = (Int(words[1])!, Int(words[2])!, UInt64(words[3])!)
    let data = try fashion(validation: 10_000)
    let loading = (clock.now - start) / .seconds(1)
    let next = Atomic<Int>(0)
    let losses = Mutex([Double](repeating: .nan, count: list.count))
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < list.count else { return }
        let configuration = list[index]
        var plan = TrainingPlan()
        (plan.epochs, plan.batchSize) = (epochs, .rows(configuration.batch_size))
        (plan.learningRate, plan.seed) = (configuration.learning_rate, seed)
        guard
          let run = try? TrainingRun(
            network(configuration.layers, configuration.neurons), plan, data: data), (try? run.train()) != nil
        else { continue }
        losses.withLock { $0[index] = run.history.valLoss.last ?? .nan }
      }
    }
    let seconds = (clock.now - start) / .seconds(1)
    let text = losses.withLock { $0.map { $0.isFinite ? "\($0)" : "null" }.joined(separator: ", ") }
    print("{\"seconds\": \(seconds), \"loading\": \(loading), \"val_loss\": [\(text)]}")
  }

  static func accuracy(_ words: [String]) throws {
    let data = try fashion(validation: 0)
    let values = try (0..<Int(words[4])!).map { seed in
      var plan = TrainingPlan()
      (plan.batchSize, plan.epochs, plan.seed) = (.rows(Int(words[2])!), Int(words[3])!, UInt64(seed))
      var description = network(Int(words[0])!, Int(words[1])!)
      description.initializer = Call("torch")
      let run = try TrainingRun(description, plan, data: data, threads: 2)
      try run.train()
      return try run.model.evaluate(data, .test).accuracy
    }
    print("{\"accuracy\": \(values), \"mean\": \(Spread(values).mean), \"deviation\": \(Spread(values).deviation)}")
  }

  /// Growth of the resident set over an idle process, against data, parameters, optimizer state and two batches.
  static func memory(_ words: [String]) throws {
    let idle = residentBytes("VmRSS")
    let (layers, neurons, batch) = (Int(words[0])!, Int(words[1])!, Int(words[2])!)
    var plan = TrainingPlan()
    (plan.batchSize, plan.epochs) = (.rows(batch), 1)
    let data = try fashion(validation: 10_000)
    let loaded = residentBytes("VmRSS")
    let run = try TrainingRun(network(layers, neurons), plan, data: data, threads: 2)
    try run.train()
    let peak = residentBytes("VmHWM")
    let after = residentBytes("VmRSS")
    let batches = 2 * batch * 784 * 4
    let needed = data.memory + 3 * 4 * run.architecture.parameterCount + batches
    print(
      "{\"idle\": \(idle), \"loaded\": \(loaded), \"after\": \(after), \"peak\": \(peak), \"needed\": \(needed), \"ratio\": \(Double(after - idle) / Double(needed)), \"peak_ratio\": \(Double(peak - idle) / Double(needed))}"
    )
  }

  static func peak(_ words: [String]) throws {
    var plan = TrainingPlan()
    plan.batchSize = .rows(Int(words[2])!)
    let threads = ProcessInfo.processInfo.activeProcessorCount
    let result = try SpeedComparison(
      network(Int(words[0])!, Int(words[1])!), plan, data: try fashion(validation: 0), threads: threads, seconds: 2)
    let lines = result.lines.map {
      "{\"name\": \"\($0.name)\", \"samples_per_second\": \($0.samplesPerSecond), \"gflops\": \($0.flops / 1e9), \"share\": \($0.shareOfPeak)}"
    }
    print(
      "{\"peak_one\": \(result.peak.one / 1e9), \"peak_all\": \(result.peak.all / 1e9), \"lines\": [\(lines.joined(separator: ", "))]}"
    )
  }

  private static func residentBytes(_ field: String) -> Int {
    let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix(field) }
    return line.flatMap { Int($0.split(whereSeparator: { $0 == " " || $0 == "\t" })[1]) }.map { $0 * 1024 } ?? 0
  }
}
