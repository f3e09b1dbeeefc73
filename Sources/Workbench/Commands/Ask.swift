import Drawing
import Jupyter
import Language
import Search
import Studies
import Vocabulary

// Tuning a program of your own: ask gives the next configuration, report says whether to go on, tell closes it.
extension Command {
  package static let ask = Command(
    "ask", "gives the study's next configuration to an external program",
    details: "The result carries application/json: {\"number\": 7, \"params\": {...}}.", examples: ["ask"]
  ) { invocation, context in
    let study = try context.studyForAsking(at: invocation.span)
    guard let trial = try study.asking({ try study.ask() }, at: invocation.span) else {
      throw Diagnostic("the sampler has nothing left to suggest", at: invocation.span)
    }
    let params = Value.dict(trial.params.map { .init($0.name, $0.value.plain) })
    let answer = Value.dict([.init("number", .int(trial.number)), .init("params", params)])
    let words = trial.params.map { "\(ParameterName.typed($0.name))=\($0.value.shown(for: $0.name))" }
      .joined(separator: " ")
    let table = Table(
      title: "trial \(trial.number)", columns: [.init("parameter", .left), .init("value")],
      rows: trial.params.map { [$0.name, $0.value.shown(for: $0.name)] })
    // JupyterLab shows the JSON as a tree that is closed: the table is what a person sees.
    var forms = MIMEBundle(table: table).data
    forms["text/plain"] = .string("trial \(trial.number): \(words)")
    forms["application/json"] = try answer.json()
    context.give(MIMEBundle(forms))
  }

  package static let report = Command(
    "report", "reports an intermediate value of a running trial; says whether to continue",
    positionals: [Option("number", .int(0 ... .max), required: true, "the trial's number")],
    options: [
      Option("step", .int(0 ... .max), required: true, "the step, from 1"),
      Option("value", .float(.measured), required: true, "the objective's value at this step"),
    ],
    examples: ["report 7 step=3 value=0.41"]
  ) { invocation, context in
    let study = try context.study(at: invocation.span)
    let number = invocation.positionals[0].value.int!
    let step = invocation.int("step")!
    let answer = try study.asking(
      { try study.report(number, step: step, value: invocation.float("value")!) }, at: invocation.positionals[0].span)
    if let earlier = answer.earlier {
      context.warn("step \(step) of trial \(number) was reported already: its value stays \(earlier)")
    }
    let prune = answer.shouldPrune
    context.give(
      MIMEBundle(["text/plain": prune ? "prune" : "go on", "application/json": ["prune": .bool(prune)]]))
  }

  package static let tell = Command(
    "tell", "finishes a running trial with its value",
    positionals: [
      Option("number", .int(0 ... .max), required: true, "the trial's number"),
      Option(
        "value",
        .either([
          .word(["failed", "pruned"]), .float(.measured), .list(of: .float(.measured)),
        ]),
        required: true, "the value, a list of values, failed or pruned"),
    ],
    options: [
      Option("reason", .text, "why it failed"),
      Option(
        "violates", .list(of: .float(.measured)),
        "how far constraints are broken, one number each: with one above 0 the trial is not the best"),
    ],
    details: "A value that is not finite (nan, inf) fails the trial, which says so; the study goes on.",
    examples: ["tell 7 0.38", "tell 7 [0.1, 3]", "tell 7 failed", "tell 7 pruned", "tell 7 0.38 violates=[0.1]"]
  ) { invocation, context in
    let study = try context.study(at: invocation.span)
    let number = invocation.positionals[0].value.int!
    let outcome: Study.Outcome =
      switch invocation.positionals[1].value {
      case .text("failed"): .failed(reason: invocation.text("reason"))
      case .text("pruned"): .pruned()
      case .list(let values): .complete(values.compactMap(\.float))
      case let value: .complete([value.float ?? .nan])
      }
    let violations = try violations(invocation, outcome)
    let trial = try study.asking(
      { try study.tell(number, outcome, violations: violations) }, at: invocation.positionals[0].span)
    guard !invocation.isQuiet else { return }
    let values = trial.values.map { Value.float($0).description }.joined(separator: ", ")
    context.print(
      "trial \(number) \(trial.state.rawValue)" + (values.isEmpty ? "" : ": \(values)")
        + (trial.why(subjectTo: study.space.constraints.map(\.text)).map { " (\($0))" } ?? ""))
  }

  private static func violations(_ invocation: Invocation, _ outcome: Study.Outcome) throws -> [Double] {
    let given = invocation["violates"]?.list?.compactMap(\.float) ?? []
    guard case .complete = outcome else {
      if invocation.has("violates") {
        throw Diagnostic("only a trial with a value breaks constraints", at: invocation.span(of: "violates"))
      }
      return []
    }
    if given.contains(where: \.isNaN) {
      throw Diagnostic(
        "a violation is a number", at: invocation.span(of: "violates"), hint: "use 0 or less for what is kept")
    }
    return given
  }
}

extension Study {
  /// The study's refusals as diagnostics.
  func asking<Answer>(_ body: () throws -> Answer, at span: Span) throws -> Answer {
    do { return try body() } catch let error as StudyError {
      throw Diagnostic(error.message, at: span, hint: error.hint)
    } catch let error as SearchError {
      throw Diagnostic(error.message, at: span, hint: error.hint)
    }
  }
}

extension CellContext {
  /// The current study, with the current space where it was made before one was said, or another external one has been said since.
  func studyForAsking(at span: Span) throws -> Study {
    let study = try study(at: span)
    let kept = study.settings.spaceText
    if let description = session.space,
      study.space.parameters.isEmpty || study.trials.isEmpty
        || description.isExternal && kept != nil && kept != description.lines.joined(separator: "\n")
    {
      try StudyMaker(context: self).adopt(description, in: study, at: span)
    }
    guard !study.space.parameters.isEmpty else {
      throw Diagnostic(
        "the study has no space", at: span, hint: "describe it: space external, and a line for each parameter")
    }
    return study
  }
}
