import Drawing
import NeuralNetworks

/// What `load` says of a network from a file.
enum LoadReport {
  static func table(_ model: TrainedModel, name: String) -> Table {
    let architecture = model.architecture
    var rows = [
      [
        "network", architecture.sizes.map(String.init).joined(separator: "-") + ", " + architecture.activation.rawValue,
      ],
      ["parameters", Number.count(architecture.parameterCount)],
      ["trained on", model.dataName],
      ["predicts", model.targetName],
    ]
    if model.task == .classification { rows.append(["classes", model.classNames.joined(separator: ", ")]) }
    return Table(title: name, columns: [.init("", .left), .init("", .left)], rows: rows)
  }
}
