import Language

/// `run`, `run("deep")`: what a training has shown, as programs read it.
struct RunObject: SessionObject {
  let run: Run

  var typeName: String { "a run" }

  func plain() throws -> Value {
    .dict([
      .init("name", .string(run.name)), .init("epochs", .int(run.history.epochs)),
      .init("best_epoch", run.bestEpoch.map(Value.int) ?? .none), .init("stopped", .string(run.stopped)),
      .init("seconds", .float(run.seconds)), .init("samples_per_second", .float(run.samplesPerSecond)),
      .init("history", history),
    ])
  }

  private var history: Value {
    func list(_ values: [Double]) -> Value { .list(values.map(Value.float)) }
    var entries = [Value.Entry("train_loss", list(run.history.trainLoss))]
    if !run.history.valLoss.isEmpty { entries.append(.init("val_loss", list(run.history.valLoss))) }
    entries.append(.init("learning_rate", list(run.history.learningRate)))
    entries += run.history.metrics.sorted { $0.key < $1.key }.map { .init($0.key, list($0.value)) }
    return .dict(entries)
  }
}

/// `evaluate`: what the last evaluation measured; `evaluate.accuracy`.
package struct EvaluationObject: SessionObject {
  let split: String
  let run: String
  let values: [(name: String, value: Double)]

  package var typeName: String { "an evaluation" }

  package func plain() throws -> Value {
    .dict(
      [.init("run", .string(run)), .init("split", .string(split))] + values.map { .init($0.name, .float($0.value)) })
  }
}
