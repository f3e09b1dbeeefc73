import Drawing
import Language
import NeuralNetworks
import Vocabulary

extension Training {
  /// More runs than this are a search.
  private static let mostRuns = 200

  /// One run for each combination of the values, compared in a table. An interrupt keeps what has been trained; a run that
  /// diverges does not end the others.
  func runVariations() throws {
    try checkVariations()
    let combinations = invocation.variations.combinations
    var trained: [(label: String, runs: [Run])] = []
    for combination in combinations {
      let label = combination.map { "\($0.name)=\($0.value.printed)" }.joined(separator: " ")
      let name = [invocation.text("name"), label].compactMap { $0 }.joined(separator: " ")
      do {
        trained.append((label, try varied(combination, name: name)))
      } catch let stopped as Stopped {
        let done = trained.count
        if let run = context.session.runs.last, run.name == name { trained.append((label, [run])) }
        compare(trained)
        throw Stopped(
          message: "\(stopped.message); \(done) of \(combinations.count) runs finished before '\(name)'")
      }
    }
    compare(trained)
  }

  private func checkVariations() throws {
    let variations = invocation.variations
    for (index, variation) in variations.enumerated() {
      let name = variation.name.text
      if invocation.has(name) || variations[..<index].contains(where: { $0.name.text == name }) {
        throw Diagnostic("'\(name)' of train is given twice", at: variation.name.span)
      }
    }
    if invocation.bool("resume")! {
      throw Diagnostic(
        "a resumed training keeps its settings", at: variations[0].span, hint: "use train without resume=true")
    }
    let count = variations.runs ?? .max
    guard count <= Self.mostRuns else {
      let text = count == .max ? "more than 2^63" : Number.count(count)
      throw Diagnostic(
        "these are \(text) runs, and train makes at most \(Self.mostRuns) at once",
        at: Span(variations[0].span.start, variations[variations.count - 1].span.end),
        hint: "use tune, which searches a space without trying all of it")
    }
    if count > 1 { _ = try newCheckpoint(parts: count) }
  }

  /// The runs of one combination: one, or one for each fold and seed.
  private func varied(_ combination: [(name: String, value: Argument)], name: String) throws -> [Run] {
    var one = self
    one.varied = Dictionary(combination.map { ($0.name, $0.value) }) { $1 }
    let session = context.session
    guard let data = session.data else {
      throw Diagnostic("there is no data to train on", at: invocation.verb.span, hint: "for example: data digits")
    }
    let given = one.varied["seed"]?.int ?? invocation.int("seed")
    let seed = given.map { UInt64(bitPattern: Int64($0)) } ?? session.settings.seed
    let plan = try TrainingSettings.plan([said, one.varied], seed: seed)
    let parts = one.parts(data, seeds: (0..<invocation.int("repeat")!).map { seed &+ UInt64($0) })
    return try parts.map { part in
      var plan = plan
      plan.seed = part.seed
      let partName = part.label.isEmpty ? name : "\(name) \(part.label)"
      warnOfReplacing(partName)
      let training = try one.make(plan, part.data)
      do {
        return try one.train(training, name: partName, data: part.data, goal: plan.epochs, isOneOfMany: true)
      } catch let mistake as Diagnostic {
        guard let run = context.session.runs[partName], run.stopped == "diverged" else { throw mistake }
        context.output.write("warning: '\(partName)': \(mistake.message)\n", to: .stderr)
        return run
      }
    }
  }

  private func compare(_ trained: [(label: String, runs: [Run])]) {
    guard !trained.isEmpty else { return }
    if trained.allSatisfy({ $0.runs.count == 1 }) {
      context.show(
        CompareReport.table(trained.map { $0.runs[0] }, showsTimes: context.showsTimes), unless: invocation.isQuiet)
    } else {
      context.show(VariationReport.table(trained), unless: invocation.isQuiet)
    }
  }
}

/// Configurations that were each trained several times: the mean and the standard deviation of each.
enum VariationReport {
  static func table(_ trained: [(label: String, runs: [Run])]) -> Table {
    let all = trained.flatMap(\.runs)
    let names = ["val_loss"] + RunReport.metrics(all[0]).map { "val_" + $0 }
    let measured = names.filter { name in all.allSatisfy { $0.value(name) != nil } }
    let spreads = trained.map { one in measured.map { name in Spread(one.runs.map { $0.value(name)! }) } }
    func text(_ value: Double, _ name: String) -> String { RunReport.text(value, MetricNames.base(name) ?? name) }
    let rows = zip(trained, spreads).map { one, spreads in
      [one.label, "\(one.runs.count)"]
        + zip(measured, spreads).flatMap { [text($1.mean, $0), text($1.deviation, $0)] }
    }
    let losses = measured.first == "val_loss" ? spreads.map { $0[0].mean } : []
    let finite = losses.indices.filter { losses[$0].isFinite }
    return Table(
      columns: [.init("run", .left), .init("trainings")] + measured.flatMap { [.init($0), .init("deviation")] },
      rows: rows, marked: finite.min { losses[$0] < losses[$1] })
  }
}
