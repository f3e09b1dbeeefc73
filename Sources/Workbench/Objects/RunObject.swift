import Language
import Search
import Vocabulary

/// `run`, `run("deep")`: what a training has shown, as programs read it.
struct RunObject: SessionObject {
  let run: Run

  var typeName: String { "a run" }

  func plain() throws -> Value {
    .dict([
      .init("name", .string(run.name)), .init("epochs", .int(run.history.epochs)),
      .init("best_epoch", run.bestEpoch.map(Value.int) ?? .none), .init("stopped", .string(run.stopped)),
      .init("seconds", .float(run.seconds)), .init("samples_per_second", .float(run.samplesPerSecond)),
      .init("history", history), .init("data", run.data.map { .string($0.text) } ?? .none),
      .init("network", .list(run.sizes.map(Value.int))), .init("parameters", .int(run.parameters)),
      .init("loss", .string(run.loss.title)), .init("seed", .int(run.plan.seed.typed)),
      .init("settings", .dict(run.settings.map { .init($0.name, Self.value($0.value)) })),
      .init("trial", run.trial.map(Value.int) ?? .none), .init("study", run.study.map(Value.string) ?? .none),
    ])
  }

  private static func value(_ argument: Vocabulary.Argument) -> Value {
    if case .list(let values) = argument { return .list(values.map(value)) }
    return ParameterValue(argument).value
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
  /// 95 % intervals of those values that have one.
  let intervals: [(name: String, interval: ClosedRange<Double>)]

  package var typeName: String { "an evaluation" }

  package func plain() throws -> Value {
    .dict(
      [.init("run", .string(run)), .init("split", .string(split))] + values.map { .init($0.name, .float($0.value)) }
        + [
          .init(
            "interval",
            .dict(
              intervals.map { .init($0.name, .list([.float($0.interval.lowerBound), .float($0.interval.upperBound)])) })
          )
        ])
  }
}
