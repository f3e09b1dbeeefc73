import Drawing
import Language

/// What `show` says: everything that a person has said and made so far, a line each.
enum SessionReport {
  static func table(_ session: Session) -> Table {
    let settings = session.settings
    var rows = [
      ["data", session.data.map(data) ?? "none yet"], ["network", network(session)],
      ["space", session.space.map(space) ?? "none yet"],
      ["study", session.study.map { "\($0.name), " + TrialsReport.counts($0.trials) } ?? "none yet"],
      ["storage", session.storage.place],
    ]
    rows += session.runs.all.map { ["run \($0.name)", run($0)] }
    rows += session.variables.names.map { [$0, variable($0, session.variables[$0]?.text(limit: 1_000) ?? "")] }
    rows.append([
      "settings",
      "progress=\(settings.progress.rawValue) threads=\(settings.threads.map(String.init) ?? "auto") seed=\(settings.seed)",
    ])
    return Table(title: "session", columns: [.init("", .left), .init("", .left)], rows: rows)
  }

  private static func data(_ data: LoadedData) -> String {
    let dataset = data.dataset
    let rows = [dataset.training, dataset.validation, dataset.test].map { Number.count($0.count) }.joined(
      separator: " + ")
    return "\(data.text): \(rows) rows, \(Number.count(dataset.featureCount)) features"
  }

  private static func network(_ session: Session) -> String {
    let network = session.networkDescription
    let recipe = session.network.recipe.map { $0 + ": " } ?? ""
    var text =
      recipe + "hidden=[" + network.hidden.map(String.init).joined(separator: ", ")
      + "] activation=\(network.activation.rawValue)"
    let others = session.networkSettings.filter {
      !["hidden", "layers", "neurons", "activation"].contains($0.key) && NetworkSettings.layerIndex($0.key) == nil
    }
    if !others.isEmpty { text += " " + TuneRequest.pairs(others) }
    if let data = session.data { text += ": \(Number.count(network.parameterCount(for: data.dataset))) parameters" }
    if let imported = session.network.imported { text += ", weights from \(imported.file)" }
    return text
  }

  private static func space(_ space: SpaceDescription) -> String {
    space.parameters.map(\.name).joined(separator: ", ")
      + (space.constraints.isEmpty ? "" : " subject to " + space.constraints.map(\.text).joined(separator: ", "))
  }

  static func run(_ run: Run) -> String {
    var text = "\(run.history.epochs) epoch\(run.history.epochs == 1 ? "" : "s"), \(run.stopped)"
    if let epoch = run.keptEpoch, run.history.valLoss.indices.contains(epoch - 1) {
      text += ", val_loss \(Number.significant(run.history.valLoss[epoch - 1], digits: 4))"
    }
    if let data = run.data { text += ", on \(data.dataset.name)" }
    let settings = run.ownSettings.filter { $0.name != "epochs" }
    if !settings.isEmpty { text += ": " + settings.map { "\($0.name)=\($0.value)" }.joined(separator: " ") }
    return text
  }

  private static func variable(_ name: String, _ text: String) -> String {
    name.lowercased().contains("password") ? "(a password)" : Secrets.hidden(text)
  }
}
