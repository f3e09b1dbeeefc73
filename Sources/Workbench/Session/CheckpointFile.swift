import Foundation
import Language
import NeuralNetworks

/// The file of `train checkpoint=`: the whole training as it stands after an epoch, and when it ends.
final class CheckpointFile {
  /// As typed.
  let name: String
  /// Whether it was said that it cannot be written, and it could not be since.
  private var isComplainedOf = false

  init(name: String) { self.name = name }

  var runName: String { ((name as NSString).lastPathComponent as NSString).deletingPathExtension }

  /// A disk that is full must not end the training: it is tried again after every epoch, and said once, also where the
  /// system words it differently from epoch to epoch (a folder that disappears between two calls).
  func keep(_ training: TrainingRun, _ context: CellContext) {
    do {
      try Files.write(try training.checkpoint(), to: name, replace: true)
      isComplainedOf = false
    } catch {
      guard !isComplainedOf else { return }
      isComplainedOf = true
      let reason = (error as? Files.Refusal)?.message ?? "\(error)"
      context.output.write("the checkpoint was not written: \(reason)\n", to: .stderr)
    }
  }

  /// Makes the file's training the session's latest run, ready to be resumed.
  func load(
    _ bytes: [UInt8], as runName: String, at span: Span, _ invocation: Invocation, _ context: CellContext,
    isShown: Bool = true
  ) throws {
    guard let data = context.session.data else {
      throw Diagnostic(
        "'\(name)' is the checkpoint of a training, and its data is not loaded", at: span,
        hint: "load the same data with the same split and seed first")
    }
    let training: TrainingRun
    do { training = try TrainingRun(checkpoint: bytes, data: data.dataset, threads: context.threads) } catch let error
      as TrainingError
    {
      throw Diagnostic("'\(name)': \(error.message)", at: span, hint: error.hint)
    }
    var run = Run(name: runName, data: data, training)
    run.checkpoint = name
    context.store.update { session in
      session.network = NetworkSetting(training.network)
      session.runs.keep(run)
    }
    if isShown { context.show(RunReport.table(run, showsTimes: context.showsTimes), unless: invocation.isQuiet) }
  }
}

extension Training {
  /// Where a new training is to be kept; refused before it begins where the file may not be written.
  func newCheckpoint(parts: Int) throws -> CheckpointFile? {
    guard let name = invocation.said("checkpoint")?.text else { return nil }
    let place = invocation.span(of: "checkpoint")
    guard parts == 1 else {
      throw Diagnostic("a checkpoint keeps one training, and these are \(parts)", at: place)
    }
    do { try Files.checkWritable(name, replace: invocation.bool("replace") ?? false) } catch let refusal
      as Files.Refusal
    {
      throw Diagnostic(refusal.message, at: place, hint: refusal.hint.map { $0 + ", or resume=true to continue it" })
    }
    return CheckpointFile(name: name)
  }

  /// The file that a resumed training is to go on from, where it was said and exists.
  func savedCheckpoint() throws -> CheckpointFile? {
    guard let name = invocation.said("checkpoint")?.text, FileManager.default.fileExists(atPath: Files.path(name))
    else { return nil }
    return CheckpointFile(name: name)
  }
}
