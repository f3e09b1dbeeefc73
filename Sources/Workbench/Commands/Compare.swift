import Drawing
import Language
import NeuralNetworks
import Vocabulary

extension Command {
  package static let compare = Command(
    "compare", "compares runs side by side",
    positionals: [Option("run", .name(.run), "a run's name; all runs if none is named")], repeatsLastPositional: true,
    options: [
      Option(
        "by", .either([.word(Run.settingNames), .text]), "draws the results over this setting: neurons, learning_rate"),
      Option(
        "metric", .either([.word(["loss"] + Metrics.all.map(\.syntax.name)), .text]),
        defaultText: "loss, or what runs of different losses share", "what is drawn, on the validation rows"),
    ],
    changesSession: false,
    examples: ["compare \"deep\" \"wide\"", "compare by=neurons", "compare by=optimizer metric=accuracy"]
  ) { invocation, context in
    let runs = try context.runs(invocation.positionals, at: invocation.span)
    // A run keeps batch_norm=true as norm=batch, which it is a spelling of.
    let by = invocation.text("by").map { $0 == "batch_norm" ? "norm" : $0 }
    let picture: Picture? = try by.map { try drawn(runs, by: $0, invocation) }
    context.show(CompareReport.table(runs, showsTimes: context.showsTimes), unless: invocation.isQuiet)
    if let picture { context.show(picture, unless: invocation.isQuiet) }
  }

  private static func drawn(_ runs: [Run], by name: String, _ invocation: Invocation) throws -> Picture {
    let values = runs.map { $0.setting(name) }
    guard Set(values.map { $0?.description }).count > 1 else {
      let differing = CompareReport.differing(runs).map(\.name)
      let known = values.contains { $0 != nil }
      throw Diagnostic(
        known ? "all runs have the same \(name)" : "runs have no setting '\(name)'", at: invocation.span(of: "by"),
        hint: known
          ? differing.isEmpty
            ? "train \(name) in {...} makes runs that differ" : "they differ in " + differing.joined(separator: ", ")
          : Suggestion.hint(for: name, among: Run.settingNames))
    }
    let doubt = CompareReport.incomparable(runs)
    let metric = try measured(runs, invocation, lossesDiffer: Set(runs.map(\.loss.title)).count > 1)
    let others = CompareReport.differing(runs).filter { !Run.isSetting($0.name, partOf: name) && $0.name != "seed" }
    let points = runs.indices.map { index in
      CompareChart.Point(
        run: runs[index].name, value: values[index]?.printed ?? "-", number: values[index]?.float,
        result: runs[index].value("val_" + metric) ?? .nan,
        series: others.map { "\($0.name)=\($0.values[index])" }.joined(separator: " "))
    }
    let isMinimized = metric == "loss" || Metrics.metric(of: metric)?.direction == .minimize
    let finite = points.filter { $0.result.isFinite }
    let best = isMinimized ? finite.min { $0.result < $1.result } : finite.max { $0.result < $1.result }
    let isSame = runs.allSatisfy { $0.isMeasured(like: runs[0]) }
    return CompareChart(
      setting: name, quantity: "val_" + metric, isShare: MetricNames.isShare("val_" + metric), points: points,
      best: isSame && runs.count > 1 ? best?.run : nil, note: isSame ? nil : doubt
    ).draw()
  }

  /// `metric=`; else the loss, or of different losses what the task is usually measured by.
  private static func measured(_ runs: [Run], _ invocation: Invocation, lossesDiffer: Bool) throws -> String {
    let given = invocation.said("metric")?.text
    let usual = !lossesDiffer ? "loss" : runs[0].task == .classification ? "accuracy" : "r2"
    let metric = given.map { MetricNames.base($0) ?? $0 } ?? usual
    guard runs.contains(where: { $0.value("val_" + metric) != nil }) else {
      throw Diagnostic(
        "no run has measured val_\(metric)", at: invocation.span(of: given == nil ? "by" : "metric"),
        hint: "train metrics=[\(metric)] measures it")
    }
    return metric
  }
}

extension Run {
  /// The names that `setting` knows.
  static let settingNames: [String] = Hyperparameters.all.map(\.name).filter { $0 != "hidden[i]" } + ["seed", "data"]

  /// A setting's value; of `neurons` and `layers` what `hidden` comes to; nil if there is none of that name.
  func setting(_ name: String) -> Argument? {
    let widths = network.hidden
    switch name {
    case "neurons":
      return Set(widths).count == 1 ? .int(widths[0]) : .text(widths.map(String.init).joined(separator: "-"))
    case "layers": return .int(widths.count)
    case "data": return .text(data?.text ?? "-")
    default: break
    }
    if let index = NetworkSettings.layerIndex(name) {
      return widths.indices.contains(index) ? .int(widths[index]) : Argument.none
    }
    if let found = settings.first(where: { $0.name == name }) { return found.value }
    return plan.optimizer.arguments.first { $0.name == name }?.value
  }

  /// Whether a column of `compare` is what a setting is about: `hidden` holds neurons and layers.
  static func isSetting(_ column: String, partOf name: String) -> Bool {
    let isWidth = ["neurons", "layers", "hidden"].contains(name) || NetworkSettings.layerIndex(name) != nil
    return column == name || column == "hidden" && isWidth
  }
}
