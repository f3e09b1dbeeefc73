import Datasets
import Drawing

/// What `data` says: rows a split, features, classes and counts, memory.
package enum DataReport {
  package static func table(_ data: LoadedData) -> Table {
    let dataset = data.dataset
    let splits = Split.allCases.filter { !dataset.rows($0).isEmpty }
    var columns = [Table.Column("", .left)] + splits.map { Table.Column($0.rawValue) }
    var rows = [["rows"] + splits.map { Number.count(dataset.rows($0).count) }]
    if dataset.task == .classification {
      let counts = splits.map { dataset.classCounts($0) }
      for (index, name) in dataset.classNames.prefix(20).enumerated() {
        rows.append(["class \(name)"] + counts.map { Number.count($0[index]) })
      }
      let rest = dataset.classNames.count - 20
      if rest > 0 {
        rows.append(["\(rest) more classes"] + counts.map { Number.count($0.dropFirst(20).reduce(0, +)) })
      }
    } else {
      columns[0] = Table.Column(dataset.examples.targetName, .left)
      rows += splits.isEmpty ? [] : targetRows(dataset, splits)
    }
    return Table(title: title(dataset), columns: columns, rows: rows, note: note(dataset))
  }

  private static func title(_ dataset: Dataset) -> String {
    var parts = [
      "\(dataset.name): \(Number.count(dataset.featureCount)) feature\(dataset.featureCount == 1 ? "" : "s")"
    ]
    if let shape = dataset.imageShape {
      parts[0] += " (\(shape.height) x \(shape.width)\(shape.channels > 1 ? " x \(shape.channels)" : "") pixels)"
    }
    parts.append(dataset.task == .classification ? "\(dataset.classCount) classes" : "regression")
    return parts.joined(separator: ", ")
  }

  private static func targetRows(_ dataset: Dataset, _ splits: [Split]) -> [[String]] {
    guard case .numbers(let targets, let width) = dataset.examples.targets else { return [] }
    func row(_ name: String, _ measure: ([Double]) -> Double) -> [String] {
      [name]
        + splits.map { split in
          Number.significant(measure(dataset.rows(split).map { targets[Int($0) * width] }), digits: 4)
        }
    }
    return [
      row("mean") { $0.reduce(0, +) / Double($0.count) }, row("lowest") { $0.min() ?? 0 },
      row("highest") { $0.max() ?? 0 },
    ]
  }

  private static func note(_ dataset: Dataset) -> String {
    var lines = ["standardised \(scaling(dataset)); \(Number.bytes(dataset.memory)) in memory"]
    if !dataset.folds.isEmpty { lines[0] += "; \(dataset.folds.count) folds" }
    return (lines + dataset.notices).joined(separator: "\n")
  }

  private static func scaling(_ dataset: Dataset) -> String {
    switch dataset.examples.table == nil ? dataset.scaling.kind : dataset.preparation.standardize ?? .perFeature {
    case .perFeature: "per feature by the training rows"
    case .global: "as a whole by the training rows"
    case .robust: "by median and quartiles of the training rows"
    case .quantile: "by the ranks of the training rows"
    case .none: "not at all"
    }
  }
}
