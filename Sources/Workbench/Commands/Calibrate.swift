import Drawing
import Language
import NeuralNetworks
import Vocabulary

extension Command {
  package static let calibrate = Command(
    "calibrate", "makes a run of the current one whose probabilities fit the validation rows",
    options: [
      Option("run", .name(.run), defaultText: "the latest", "the run to use"),
      Option("name", .text, defaultText: "the run's name and calibrated", "the new run's name"),
    ],
    details: """
      Networks are often too sure of themselves. One number, the temperature, divides the last layer's sums so that the log
      loss on the validation rows is least (C. Guo et al., 2017): classes and accuracy stay, probabilities become less or
      more sure. It goes into the output layer's weights, so evaluate, predict, save and export have it. Measure it on the
      test rows: evaluate test metrics=[ece].
      """,
    examples: ["calibrate", "calibrate run=\"deep\" name=\"honest\""]
  ) { invocation, context in
    let old = try context.trainedRun(
      named: invocation.text("run"), at: invocation.span(of: "run"), quiet: invocation.isQuiet)
    let model = try old.trained(at: invocation.verb.span)
    let data = try context.data(of: old, at: invocation.verb.span).dataset
    var run = old
    run.name = invocation.text("name") ?? "\(old.name) calibrated"
    run.training = nil
    do {
      let (calibrated, factor) = try model.calibrated(on: data, threads: context.threads)
      run.model = calibrated
      let asked = [Call("ece")]
      let before = try model.evaluation(data, .validation, metrics: asked, threads: context.threads)
      let after = try calibrated.evaluation(data, .validation, metrics: asked, threads: context.threads)
      let kept = run
      context.store.update { $0.runs.keep(kept) }
      let temperature = Number.significant(1 / factor, digits: 4)
      context.show(
        Table(
          title: "\(run.name) on the validation rows of \(data.name)",
          columns: [.init("", .left), .init(old.name), .init("calibrated")],
          rows: [("loss", before.loss, after.loss), ("ece", before["ece"] ?? .nan, after["ece"] ?? .nan)].map {
            [$0.0, RunReport.text($0.1, $0.0), RunReport.text($0.2, $0.0)]
          },
          note: "temperature \(temperature): the network was \(factor < 1 ? "overconfident" : "underconfident")"),
        unless: invocation.isQuiet)
    } catch let error as TrainingError {
      throw Diagnostic(error.message, at: invocation.verb.span, hint: error.hint)
    }
  }
}
