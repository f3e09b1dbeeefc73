import Datasets
import Drawing
import NeuralNetworks

/// What a training says when it ends, and the curves of runs.
enum RunReport {
  static func table(_ run: Run, showsTimes: Bool) -> Table {
    let index = (run.keptEpoch ?? 0) - 1
    var rows: [[String]] = []
    for name in ["loss"] + metrics(run) {
      let train = value(run, "train_" + name, index)
      let validation = value(run, "val_" + name, index)
      rows.append([name, text(train, name), text(validation, name)])
    }
    let hasValidation = !run.history.valLoss.isEmpty
    return Table(
      title: title(run),
      columns: [.init("", .left), .init("train"), .init("validation")].dropLast(hasValidation ? 0 : 1),
      rows: hasValidation ? rows : rows.map { Array($0.dropLast()) }, note: note(run, showsTimes: showsTimes))
  }

  static func lossPicture(_ run: Run, epochs: Int? = nil) -> Picture {
    LossChart(runs: [lossCurves(run)], loss: lossName(run), epochs: epochs).draw()
  }

  static func lossCurves(_ run: Run) -> RunCurves {
    RunCurves(
      name: run.name, train: run.history.trainLoss, validation: run.history.valLoss,
      bestEpoch: run.plan.earlyStopping == nil ? nil : run.bestEpoch)
  }

  static func lossName(_ run: Run) -> String {
    run.loss.title
  }

  /// The metrics of a run without their split: accuracy, f1.
  static func metrics(_ run: Run) -> [String] {
    var seen: Set<String> = []
    return run.history.metrics.keys.sorted().compactMap(MetricNames.base).filter { seen.insert($0).inserted }
  }

  static func text(_ value: Double?, _ metric: String) -> String {
    guard let value else { return "" }
    return MetricNames.isShare("val_" + metric)
      ? Number.percent(value, decimals: 2) : Number.significant(value, digits: 4)
  }

  private static func value(_ run: Run, _ name: String, _ index: Int) -> Double? {
    guard let series = run.history[name], series.indices.contains(index) else { return nil }
    return series[index]
  }

  private static func title(_ run: Run) -> String {
    let done = run.history.epochs
    let epochs = "\(done) epoch\(done == 1 ? "" : "s")"
    var text = "\(run.name): "
    switch run.stopped {
    case "early": text += "stopped early after \(epochs)"
    case "interrupted": text += "interrupted after \(epochs)"
    case "diverged": text += "diverged after \(epochs)"
    case "pruned": text += "pruned after \(epochs)"
    default: text += epochs
    }
    if let kept = run.keptEpoch, kept != done { text += ", weights of epoch \(kept)" }
    return text + positiveNote(metrics(run), run.data?.dataset.positiveName)
  }

  /// `, positive class 'fraud'` if a metric is about one of two classes.
  static func positiveNote(_ metrics: [String], _ name: String?) -> String {
    guard let name, metrics.contains(where: { Metrics.metric(of: $0)?.isOfPositiveClass == true }) else { return "" }
    return ", positive class '\(name)'"
  }

  /// Why values are not numbers, a line each.
  static func undefinedNotes(
    _ values: [(name: String, value: Double?)], _ data: Dataset, _ split: Split, _ model: Output?
  )
    -> [String]
  {
    values.compactMap { name, value in
      guard value?.isNaN == true else { return nil }
      return Metrics.metric(of: name)?.reasonUndefined(on: data, split, output: model).map {
        "\(name) is undefined: \($0)"
      }
    }
  }

  private static func undefinedNotes(_ run: Run) -> [String] {
    guard let data = run.data?.dataset else { return [] }
    let index = (run.keptEpoch ?? 0) - 1
    return [Split.train, .validation].flatMap { split in
      undefinedNotes(
        metrics(run).map { (split.prefix + "_" + $0, value(run, split.prefix + "_" + $0, index)) }, data, split,
        run.model?.architecture.output)
    }
  }

  private static func note(_ run: Run, showsTimes: Bool) -> String {
    var parts = [
      run.sizes.map(String.init).joined(separator: "-"), "\(Number.count(run.parameters)) parameters",
      "\(run.plan.optimizer)",
    ]
    if let rate = run.history.learningRate.first(where: { $0 > 0 }) {
      parts.append("learning rate \(Number.significant(rate, digits: 4))")
    }
    switch run.plan.batchSize {
    case .rows(let rows): parts.append("batch \(rows)")
    case .all: parts.append("whole batch")
    }
    if !run.hasUsualLoss { parts.append("loss \(run.loss.title)") }
    if showsTimes {
      parts.append(Number.duration(run.seconds))
      parts.append("\(Number.count(Int(run.samplesPerSecond))) samples/s")
    }
    return ([parts.joined(separator: ", ")] + undefinedNotes(run)).joined(separator: "\n") + warning(run)
  }

  /// What a regression that has learned nothing says.
  private static func warning(_ run: Run) -> String {
    guard let fit = value(run, "train_r2", (run.keptEpoch ?? 0) - 1), fit < 0 else { return "" }
    return
      "\nr2 is below 0 on the training rows: the mean would predict them better; try more epochs or another learning_rate"
  }
}

extension Run {
  /// Whether the loss is the one that people expect of the task.
  var hasUsualLoss: Bool { loss.isUsual(outputs: sizes.last ?? 0) }
}
