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
    return .dict(entries + [.init("memory", .int(dataset.memory))])
  }
}
