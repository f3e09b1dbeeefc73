import Datasets
import Language

/// `data`: the current dataset; `data.train.rows`.
struct DataObject: SessionObject {
  let data: LoadedData

  var typeName: String { "a dataset" }

  func plain() throws -> Value {
    let dataset = data.dataset
    var entries: [Value.Entry] = [
      .init("name", .string(dataset.name)), .init("task", .string(dataset.task.rawValue)),
      .init("features", .int(dataset.featureCount)), .init("classes", .list(dataset.classNames.map(Value.string))),
    ]
    for split in Split.allCases {
      var part: [Value.Entry] = [.init("rows", .int(dataset.rows(split).count))]
      let counts = dataset.classCounts(split)
      if !counts.isEmpty { part.append(.init("counts", .list(counts.map(Value.int)))) }
      entries.append(.init(split.rawValue, .dict(part)))
    }
    return .dict(entries + [.init("columns", try columns(dataset)), .init("memory", .int(dataset.memory))])
  }

  private func columns(_ dataset: Dataset) throws -> Value {
    func end(_ column: ColumnFacts, _ value: Double?) -> Value {
      guard let value else { return .none }
      return column.kind == .date ? .string(column.day(value)) : .float(value)
    }
    return .list(
      try dataset.columnFacts().map { column in
        .dict([
          .init("name", .string(column.name)), .init("kind", .string(column.kind.rawValue)),
          .init("missing", .int(column.missing)), .init("distinct", .int(column.distinct)),
          .init("min", end(column, column.range?.lowerBound)), .init("max", end(column, column.range?.upperBound)),
          .init("inputs", .int(column.inputs)), .init("role", .string(column.role.rawValue)),
        ])
      })
  }
}
