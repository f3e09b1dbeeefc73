import Drawing

/// What `compare` shows: a run a row, the best validation loss marked.
enum CompareReport {
  static func table(_ runs: [Run], showsTimes: Bool) -> Table {
    var seen: Set<String> = []
    let metrics = runs.flatMap(RunReport.metrics).filter { seen.insert($0).inserted }
    var columns: [Table.Column] = [.init("run", .left), .init("epochs"), .init("train_loss"), .init("val_loss")]
    columns += metrics.map { .init("val_" + $0) } + [.init("parameters")]
    if showsTimes { columns.append(.init("time")) }
    let train = Number.column(runs.map { $0.value("train_loss") })
    let validation = runs.map { $0.value("val_loss") }
    let shown = Number.column(validation)
    let rows = runs.indices.map { index in
      let run = runs[index]
      let epochs = run.keptEpoch.map { $0 == run.history.epochs ? "\($0)" : "\($0) of \(run.history.epochs)" } ?? "0"
      var row = [run.name, epochs, train[index], shown[index]]
      row += metrics.map { RunReport.text(run.value("val_" + $0), $0) } + [Number.count(run.parameters)]
      if showsTimes { row.append(Number.duration(run.seconds)) }
      return row
    }
    let best = validation.indices.filter { validation[$0]?.isFinite == true }.min { validation[$0]! < validation[$1]! }
    return Table(columns: columns, rows: rows, marked: best)
  }
}
