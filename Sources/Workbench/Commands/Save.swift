import Foundation
import Language
import NeuralNetworks
import Vocabulary

extension Command {
  package static let save = Command(
    "save", "saves a run's network to a file: weights, preprocessing, class names",
    positionals: [Option("file", .path, required: true, "a file name, such as \"model.attune\"")],
    options: [
      Option("run", .name(.run), defaultText: "the latest", "the run to use"),
      Option("replace", .bool, default: .bool(false), "overwrites an existing file"),
    ],
    changesSession: false, details: "load brings it back, in any session.", examples: ["save \"model.attune\""]
  ) { invocation, context in
    let file = invocation.text(at: 0)!
    try Files.checkWritable(file, replace: invocation.bool("replace")!)
    let run = try context.trainedRun(
      named: invocation.text("run"), at: invocation.has("run") ? invocation.span(of: "run") : invocation.span,
      quiet: invocation.isQuiet)
    try Files.write(try run.trained(at: invocation.span).bytes(), to: file, replace: invocation.bool("replace")!)
    if !invocation.isQuiet { context.print("wrote \(file), the network of \(run.name)") }
  }

  package static let load = Command(
    "load", "loads a network that save has written, or a training that train checkpoint= has",
    positionals: [Option("file", .path, required: true, "a file name, such as \"model.attune\"")],
    options: [Option("name", .text, defaultText: "the file's name without its ending", "the run's name")],
    details: """
      The network becomes the session's, and a run that evaluate and predict work on; train starts from its weights. A
      checkpoint needs the data it was made with; train resume=true then goes on with it.
      """,
    examples: ["load \"model.attune\""]
  ) { invocation, context in
    let file = invocation.text(at: 0)!
    let place = invocation.positionals[0].span
    let name = invocation.text("name") ?? ((file as NSString).lastPathComponent as NSString).deletingPathExtension
    let bytes = try Files.read(file, isCancelled: context.isCancelled)
    let model: TrainedModel
    do {
      if try SavedFile.kind(bytes) == .checkpoint {
        return try CheckpointFile(name: file).load(bytes, as: name, at: place, invocation, context)
      }
      model = try TrainedModel(bytes: bytes)
    } catch let error as TrainingError {
      throw Diagnostic("'\(file)': \(error.message)", at: place, hint: error.hint)
    }
    let setting = NetworkSetting(loaded: model, file: file)
    context.store.update { session in
      session.network = setting
      session.runs.keep(Run(name: name, loaded: model))
    }
    context.show(LoadReport.table(model, name: name), unless: invocation.isQuiet)
  }
}

extension NetworkSetting {
  /// A network from a file with its weights, said in the words of `network`.
  init(loaded model: TrainedModel, file: String) {
    let architecture = model.architecture
    self.init(architecture.description)
    imported = ImportedWeights(
      file: file, weights: model.parameters, statistics: model.statistics, sizes: architecture.sizes)
  }
}
