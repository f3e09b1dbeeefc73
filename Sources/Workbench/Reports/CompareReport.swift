import Drawing
import Vocabulary

/// What `compare` shows: a row per run, with columns for exactly what differs; the best validation loss is marked where
/// all losses are of one kind and measured on the same rows.
enum CompareReport {
  static func table(_ runs: [Run], showsTimes: Bool) -> Table {
    var seen: Set<String> = []
    let metrics = runs.flatMap(RunReport.metrics).filter { seen.insert($0).inserted }
    let differing = Self.differing(runs)
    var columns: [Table.Column] = [.init("run", .left)]
    columns += differing.map { .init($0.name, $0.isNumeric ? .right : .left) }
    columns += [.init("epochs"), .init("train_loss"), .init("val_loss")]
    columns += metrics.map { .init("val_" + $0) } + [.init("parameters")]
    if showsTimes { columns.append(.init("time")) }
    let train = Number.column(runs.map { $0.value("train_loss") })
    let validation = runs.map { $0.value("val_loss") }
    let shown = Number.column(validation)
    let rows = runs.indices.map { index in
      let run = runs[index]
      let epochs = run.keptEpoch.map { $0 == run.history.epochs ? "\($0)" : "\($0) of \(run.history.epochs)" } ?? "0"
      var row = [run.name] + differing.map { $0.values[index] } + [epochs, train[index], shown[index]]
      row += metrics.map { RunReport.text(run.value("val_" + $0), $0) } + [Number.count(run.parameters)]
      if showsTimes { row.append(Number.duration(run.seconds)) }
      return row
    }
    let doubt = incomparable(runs)
    let finite = validation.indices.filter { validation[$0]?.isFinite == true }
    let best = doubt == nil ? finite.min { validation[$0]! < validation[$1]! } : nil
    return Table(columns: columns, rows: rows, marked: best, note: doubt)
  }

  /// A setting that not all runs have alike, a value per run.
  struct Differing {
    var name: String
    var values: [String]
    var isNumeric = false
  }

  /// The data, what losses are, and every setting that differs.
  static func differing(_ runs: [Run]) -> [Differing] {
    guard runs.count > 1 else { return [] }
    let settings = runs.map { run in Dictionary(run.settings.map { ($0.name, $0.value) }) { first, _ in first } }
    let losses = Differing(name: "loss", values: runs.map(\.loss.title))
    var all = [Differing(name: "data", values: runs.map { $0.data?.text ?? "-" })]
    // The epochs done have a column of their own.
    all += runs[0].settings.map(\.name).filter { $0 != "epochs" }.map { name in
      if name == "loss" { return losses }
      let values = settings.map { $0[name] ?? .none }
      return Differing(
        name: name, values: values.map { $0 == .none ? "-" : $0.description },
        isNumeric: values.allSatisfy { $0 == .none || $0.float != nil })
    }
    return all.filter { Set($0.values).count > 1 }
  }

  /// Why no run of these is the best; nil if their losses can be compared.
  static func incomparable(_ runs: [Run]) -> String? {
    guard let first = runs.first else { return nil }
    if !runs.allSatisfy({ $0.isMeasured(like: first) || $0.data == nil && first.data == nil }) {
      return "no run is marked as the best: they were measured on different rows"
    }
    if Set(runs.map(\.loss.title)).count > 1 {
      let metric = first.task == .classification ? "val_accuracy" : "val_r2"
      return "no run is marked as the best: their losses are different quantities; compare \(metric)"
    }
    return nil
  }
}
