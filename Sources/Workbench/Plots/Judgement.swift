import Datasets
import Drawing
import Language
import NeuralNetworks
import Vocabulary

/// A run's network on the part of its data that it is judged on.
struct Judgement {
  let run: Run
  let model: TrainedModel
  let data: Dataset
  let split: Split
  /// Names that are neither a run nor a part of the data: classes, features.
  let names: [Invocation.Bound]

  var rows: [Int32] { data.rows(split) }
  var judged: Judged { Judged(run: run.name, split: split.rawValue, rows: rows.count) }
}

extension PlotRequest {
  /// What a judging plot of a task is about: the run and the part of the data that were named, else the latest run and its
  /// validation rows. `other` is the plot that suits the other task. `allowsNames` lets further names through.
  func judgement(_ task: Datasets.Task?, other: String = "", allowsNames: Bool = false) throws -> Judgement {
    var (name, split, names): (Invocation.Bound?, Split?, [Invocation.Bound]) = (nil, nil, [])
    for subject in subjects {
      let text = subject.value.text ?? subject.value.description
      if let part = Split(rawValue: text) {
        split = part
      } else if session.runs[text] != nil, name == nil {
        name = subject
      } else if allowsNames, session.runs[text] == nil {
        names.append(subject)
      } else if session.runs[text] != nil {
        throw Diagnostic("plot \(kind) takes one run", at: subject.span)
      } else {
        throw unknown(subject, among: session.runs.names, "there is no run '\(text)'")
      }
    }
    let run = try context.run(named: name?.value.text ?? name?.value.description, at: name?.span ?? invocation.span)
    try check(run, task, other: other)
    let span = name?.span ?? invocation.verb.span
    let data = try context.data(of: run, at: span).dataset
    let judgement = Judgement(
      run: run, model: try run.trained(at: span), data: data,
      split: split ?? invocation.text("split").flatMap(Split.init) ?? .validation, names: names)
    try checkRows(judgement)
    return judgement
  }

  var kind: String { invocation.text(at: 0) ?? "" }

  /// Measures the rows. A mistake of the data is one of the command.
  func evaluation(_ judgement: Judgement, metrics: [Call] = []) throws -> Evaluation {
    try refusing {
      try judgement.model.evaluation(
        judgement.data, judgement.split, metrics: metrics, threads: context.threads)
    }
  }

  func refusing<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as TrainingError {
      throw Diagnostic(error.message, at: invocation.span(about: error.about) ?? invocation.verb.span, hint: error.hint)
    } catch let error as DataError {
      throw Diagnostic(error.message, at: invocation.verb.span, hint: error.hint)
    }
  }

  func unknown(_ subject: Invocation.Bound, among known: [String], _ message: String) -> Diagnostic {
    Diagnostic(
      message, at: subject.span, hint: Suggestion.hint(for: subject.value.description, among: known))
  }

  private func check(_ run: Run, _ task: Datasets.Task?, other: String) throws {
    guard let task, run.task != task else { return }
    throw Diagnostic(
      task == .classification
        ? "plot \(kind) needs classes, and \(run.name) predicts a number"
        : "plot \(kind) needs a number as the target, and \(run.name) predicts classes",
      at: invocation.positionals[0].span, hint: "use plot \(other)")
  }

  private func checkRows(_ judgement: Judgement) throws {
    guard judgement.rows.isEmpty else { return }
    let split = judgement.split
    let place = subjects.first { $0.value.text == split.rawValue }?.span ?? invocation.span(of: "split")
    let others = [Split.test, .train].filter { $0 != split && !judgement.data.rows($0).isEmpty }
    let option = split == .train ? "" : ", or load the data with \(split.rawValue)=0.2"
    throw Diagnostic(
      "\(judgement.data.name) has no \(split.rawValue) rows", at: place,
      hint: others.first.map { "use plot \(kind) \($0.rawValue)\(option)" })
  }
}
