import Datasets
import NeuralNetworks
import Vocabulary

/// What `save`, `train checkpoint=` and `export` write, and what `import weights` reads.
extension FuzzTarget {
  static let model = FuzzTarget("model", seeds: { ([run] + tableRuns).map { (try? $0.model.bytes()) ?? [] } }) {
    bytes in
    guard let model = try? TrainedModel(bytes: bytes) else { return }
    // A model that was taken in must be fit for everything that is done with models.
    _ = model.predictions([Float](repeating: 0.5, count: 2 * model.architecture.inputs))
    if let encoding = model.encoding {
      Scratch.with(Array(table.utf8), as: "n.csv") { path in
        guard let rows = try? encoding.rows(of: .file(path)) else { return }
        _ = rows.gaps()
        for row in 0..<rows.table.rows { _ = model.outputs(rows.row(row)) }
        _ = try? encoding.examples(of: .file(path), targets: model.targetNames, classNames: model.classNames)
      }
    }
    for format in ModelFormats.all { _ = try? format.files(model, stem: "m") }
    _ = try? model.bytes()
  }

  static let checkpoint = FuzzTarget("checkpoint", seeds: { [(try? run.checkpoint()) ?? []] }) { bytes in
    guard let run = try? TrainingRun(checkpoint: bytes, data: data) else { return }
    _ = try? run.train(epochs: run.epochs + 1, isCancelled: Deadline(seconds: 1).hasPassed)
    _ = run.model.predictions([Float](repeating: 0.5, count: 4))
  }

  static let safetensors = weights("safetensors")
  static let weightsJSON = weights("json")

  private static func weights(_ ending: String) -> FuzzTarget {
    FuzzTarget(
      "weights." + ending,
      seeds: {
        let format = ModelFormats.format(of: "w." + ending)
        return (try? format?.files(run.model, stem: "w").map(\.bytes)) ?? []
      }
    ) { bytes in
      guard let tensors = try? WeightFile.tensors(bytes, name: "w." + ending),
        let sizes = Architecture.sizes(of: tensors)
      else { return }
      var network = NetworkDescription()
      network.hidden = Array(sizes.dropFirst().dropLast())
      let architecture = Architecture(network, inputs: sizes[0], outputs: sizes[sizes.count - 1], output: .identity)
      _ = try? architecture.parameters(from: tensors)
      _ = try? architecture.statistics(from: tensors)
    }
  }

  private static let data: Dataset = {
    guard let data = try? DataSources.dataset(Call("iris")) else { preconditionFailure("iris is inside the program") }
    return data
  }()

  private static let table: String = {
    let rows = (0..<40).map { row in
      let day = "2020-0\(row % 9 + 1)-11"
      return
        "\(row % 7).5,\(["red", "blue", "green"][row % 3]),\(row % 2 == 0),\(day),\(row + 1),\(row * 3),k\(row % 2)"
    }
    return "size,colour,sold,day,price,other,kind\n" + rows.joined(separator: "\n") + "\n,,,,5,6,k1\n"
  }()

  /// A table with a column of every kind, for a class, a number and two numbers: preparation and scales of targets are in
  /// the model too.
  private static let tableRuns: [TrainingRun] = ["kind", "price", "[price, other]"].compactMap { target in
    var made: TrainingRun?
    Scratch.with(Array(table.utf8), as: "m.csv") { path in
      let names = target.split { "[], ".contains($0) }.map { Argument.text(String($0)) }
      let arguments: [Call.Named] = [
        .init("path", .text(path)), .init("target", names.count == 1 ? names[0] : .list(names)),
      ]
      var (network, plan) = (NetworkDescription(), TrainingPlan())
      (network.hidden, plan.epochs) = ([2], 1)
      made = (try? DataSources.dataset(Call("csv", arguments))).flatMap { try? TrainingRun(network, plan, data: $0) }
    }
    _ = try? made?.train(epochs: 1)
    return made
  }

  private static let run: TrainingRun = {
    var (network, plan) = (NetworkDescription(), TrainingPlan())
    (network.hidden, network.batchNormalization) = ([3], true)
    (plan.epochs, plan.schedule, plan.earlyStopping) = (3, Call("plateau"), .init(patience: 5))
    guard let run = try? TrainingRun(network, plan, data: data), (try? run.train(epochs: 2)) != nil else {
      preconditionFailure("a small network can be trained")
    }
    return run
  }()
}
