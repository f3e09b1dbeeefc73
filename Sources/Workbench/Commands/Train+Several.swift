import Drawing
import Language
import NeuralNetworks
import Vocabulary

extension Training {
  /// One training of several: a fold of the data, a seed.
  struct Part {
    var label: String
    var data: LoadedData
    var seed: UInt64
  }

  /// The parts of a training over folds and repeats; one without a label where there is nothing to repeat.
  func parts(_ data: LoadedData, seeds: [UInt64]) -> [Part] {
    let folds: [(String, LoadedData)] =
      data.dataset.folds.isEmpty
      ? [("", data)]
      : data.dataset.folds.indices.map { index in
        var part = data
        part.dataset = data.dataset.fold(index)
        return ("fold \(index + 1)", part)
      }
    return folds.flatMap { label, data in
      seeds.map { seed in
        let seeded =
          seeds.count == 1 ? label : [label, "seed \(seed.typed)"].filter { !$0.isEmpty }.joined(separator: ", ")
        return Part(label: seeded, data: data, seed: seed)
      }
    }
  }

  /// Trains every part, keeps each as a run, and shows them with their mean and spread.
  func go(_ parts: [Part], _ plan: TrainingPlan, name: String) throws {
    var runs: [Run] = []
    for part in parts {
      var plan = plan
      plan.seed = part.seed
      let training = try make(plan, part.data)
      runs.append(
        try train(training, name: "\(name) \(part.label)", data: part.data, goal: plan.epochs, isOneOfMany: true))
    }
    context.show(
      SpreadReport.table(runs, labels: parts.map(\.label), name: name, showsTimes: context.showsTimes),
      unless: invocation.isQuiet)
    let curves = LossChart(runs: runs.map(RunReport.lossCurves), losses: runs.map(RunReport.lossName)).draw()
    context.show(curves, unless: invocation.isQuiet)
  }
}

/// Several trainings of one configuration: each, their mean, their standard deviation.
enum SpreadReport {
  static func table(_ runs: [Run], labels: [String], name: String, showsTimes: Bool) -> Table {
    let names = ["train_loss", "val_loss"] + RunReport.metrics(runs[0]).map { "val_" + $0 }
    let measured = names.filter { name in runs.allSatisfy { $0.value(name) != nil } }
    let spreads = measured.map { name in Spread(runs.map { $0.value(name)! }) }
    var rows = labels.indices.map { index in
      [labels[index], runs[index].keptEpoch.map(String.init) ?? ""]
        + measured.indices.map { text(spreads[$0].values[index], measured[$0]) }
    }
    rows.append(["mean", ""] + measured.indices.map { text(spreads[$0].mean, measured[$0]) })
    rows.append(["deviation", ""] + measured.indices.map { text(spreads[$0].deviation, measured[$0]) })
    return Table(
      title: "\(name): \(runs.count) trainings",
      columns: [.init("", .left), .init("epoch")] + measured.map { .init($0) },
      rows: rows,
      note: showsTimes ? Number.duration(runs.map(\.seconds).reduce(0, +)) : nil)
  }

  private static func text(_ value: Double, _ name: String) -> String {
    RunReport.text(value, MetricNames.base(name) ?? name)
  }
}

extension Run {
  /// A series' value at the epoch whose weights were kept.
  func value(_ name: String) -> Double? {
    guard let series = history[name], let epoch = keptEpoch, series.indices.contains(epoch - 1) else { return nil }
    return series[epoch - 1]
  }
}
