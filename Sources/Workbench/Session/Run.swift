import Datasets
import NeuralNetworks

/// A training by name: what it has shown, and the network that came out. A value, safe to read while the next one runs.
package struct Run: Sendable {
  package var name: String
  /// What it was trained on; nil for a network from a file, which is measured on the session's data.
  package var data: LoadedData?
  package var task: Task
  /// Inputs, hidden layers, outputs.
  package var sizes: [Int]
  package var plan: TrainingPlan
  package var network: NetworkDescription
  /// What training made small: the one that was set, or the task's.
  package var loss: Loss
  package var parameters: Int
  package var history: History
  package var bestEpoch: Int?
  /// One word: finished, early, interrupted, diverged, pruned; running before the end; loaded from a file.
  package var stopped: String
  package var seconds: Double
  package var samplesPerSecond: Double
  /// nil while it runs.
  package var model: TrainedModel?
  /// The trial that it was, after `tune`, and its study.
  package var trial: Int?
  package var study: String?
  /// What `train resume=true` goes on with; only the latest run keeps it.
  package var training: TrainingRun?
  /// The file that keeps it after each epoch, where one was asked for.
  package var checkpoint: String?

  package init(name: String, data: LoadedData, _ training: TrainingRun) {
    (self.name, self.data) = (name, data)
    (task, sizes) = (data.dataset.task, training.architecture.sizes)
    (plan, network, loss) = (training.plan, training.network, training.loss)
    parameters = training.architecture.parameterCount
    (history, bestEpoch) = (training.history, training.bestEpoch)
    stopped = training.stopped?.word ?? "running"
    (seconds, samplesPerSecond) = (training.seconds, training.samplesPerSecond)
    if training.stopped != nil {
      model = training.model
      self.training = training
    }
  }

  /// A network that was not trained here.
  package init(name: String, loaded model: TrainedModel) {
    (self.name, self.model) = (name, model)
    (task, sizes) = (model.task, model.architecture.sizes)
    (plan, network, loss) = (TrainingPlan(), model.architecture.description, model.loss)
    parameters = model.architecture.parameterCount
    (history, stopped) = (History(), "loaded")
    (seconds, samplesPerSecond) = (0, 0)
  }

  /// The epoch whose weights the model has, from 1.
  package var keptEpoch: Int? {
    let keepsBest = plan.earlyStopping != nil || stopped == "interrupted"
    return history.epochs == 0 ? nil : keepsBest ? bestEpoch ?? history.epochs : history.epochs
  }
}

/// Every finished run by name, the latest last; a name that is used again is the new run's.
package struct RunList: Sendable {
  private var runs: [Run] = []

  package var names: [String] { runs.map(\.name) }
  package var last: Run? { runs.last }
  package var all: [Run] { runs }
  package subscript(name: String) -> Run? { runs.last { $0.name == name } }

  /// The run of a trial, if its network was kept.
  package func run(of trial: Int, in study: String) -> Run? { runs.last { $0.trial == trial && $0.study == study } }

  /// Adds a run, or renews the one of its name. Only the latest can be resumed.
  package mutating func keep(_ run: Run) {
    runs.removeAll { $0.name == run.name }
    for index in runs.indices { runs[index].training = nil }
    runs.append(run)
  }

  /// The run that a new one of this name would replace: of several trainings the first part.
  package func taken(by name: String) -> Run? {
    runs.first { run in
      run.name == name || ["fold", "seed"].contains { run.name.hasPrefix("\(name) \($0) ") }
    }
  }

  /// `run-1`, `run-2`, ...
  package var nextName: String {
    (1...).lazy.map { "run-\($0)" }.first { taken(by: $0) == nil }!
  }
}
