import Datasets
import Foundation
import NeuralNetworks
import Vocabulary

/// `benchmarks train LAYERS NEURONS BATCH OPTIMIZER EPOCHS THREADS`: one JSON line of seconds and losses an epoch.
enum Benchmark {
  static func main(_ arguments: [String]) {
    do {
      switch arguments.first {
      case "train": try train(Array(arguments.dropFirst()))
      default: print("benchmarks train LAYERS NEURONS BATCH OPTIMIZER EPOCHS THREADS [SOURCE]")
      }
    } catch {
      print("error: \(error)")
      exit(1)
    }
  }

  static func train(_ words: [String]) throws {
    var network = NetworkDescription()
    network.hidden = Array(repeating: Int(words[1])!, count: Int(words[0])!)
    var plan = TrainingPlan()
    plan.batchSize = .rows(Int(words[2])!)
    plan.optimizer = Call(words[3])
    plan.learningRate = words[3] == "sgd" ? 0.1 : 1e-3
    plan.epochs = Int(words[4])!
    let clock = ContinuousClock()
    let loadStart = clock.now
    var preparation = Preparation()
    let source = words.count > 6 ? words[6] : "fashion_mnist"
    if source == "fashion_mnist" { preparation.validation = .count(0) }
    let data = try DataSources.dataset(Call(source), preparation)
    let loading = (clock.now - loadStart) / .seconds(1)
    let run = try TrainingRun(network, plan, data: data, threads: Int(words[5])!)
    var seconds: [Double] = []
    var last = 0.0
    let reason = try run.train(onEpoch: { record in
      seconds.append(record.seconds - last)
      last = record.seconds
      return true
    })
    let (sums, accuracy) = try run.model.evaluate(data, .test)
    print(
      "{\"load\": \(loading), \"seconds\": \(seconds), \"train_loss\": \(run.history.trainLoss), \"val_loss\": \(run.history.valLoss), \"test_loss\": \(sums), \"test_accuracy\": \(accuracy), \"stopped\": \"\(reason.word)\"}")
  }
}
