import Drawing
import Language
import Search
import Studies
import Vocabulary

extension CellContext {
  /// The current study; a mistake where there is none.
  func study(at span: Span) throws -> Study {
    guard let study = session.study else {
      throw Diagnostic("there is no study yet", at: span, hint: "tune makes one, or: study new \"name\"")
    }
    try study.look()
    for finding in study.storage.takeDamage() { warn(finding) }
    return study
  }

  /// A line to standard error.
  func warn(_ text: String) { output.write("warning: \(text)\n", to: .stderr) }

  /// Times, speeds and dates never stand in what `progress=none` produces.
  var showsTimes: Bool { session.settings.progress != .none }
}

extension Command {
  package static let trials = Command(
    "trials", "lists the trials of the current study",
    options: [
      Option("top", .int(1 ... .max), "number of trials to show, best first"),
      Option(
        "columns", .list(of: .name(.column)),
        "further columns: metrics (val_accuracy), settings, seconds, seed"),
      Option("to", .path, "writes every trial in full, as export trials does: .csv or .json"),
      Option("replace", .bool, default: .bool(false), "overwrites an existing file"),
    ],
    changesSession: false, examples: ["trials", "trials top=5", "trials columns=[val_accuracy, seconds]"]
  ) { invocation, context in
    let study = try context.study(at: invocation.span)
    let columns = invocation["columns"]?.list?.compactMap(\.text) ?? []
    let known = TrialsReport.columns(of: study)
    for column in columns where !known.contains(column) {
      throw Diagnostic(
        "the trials have no column '\(column)'", at: invocation.span(of: "columns"),
        hint: Suggestion.hint(for: column, among: known) ?? "they have " + known.prefix(20).joined(separator: ", "))
    }
    context.printDecision(study, unless: invocation.isQuiet)
    let table = TrialsReport.table(
      study, top: invocation.int("top"), columns: columns, showsTimes: context.showsTimes)
    if let file = invocation.text("to") {
      let bytes =
        file.lowercased().hasSuffix(".json")
        ? try ExportKind.trialsJSON(study) : Array(try ExportKind.trialsTable(study).csv.utf8)
      try Files.write(bytes, to: file, replace: invocation.bool("replace")!)
    }
    context.show(table, unless: invocation.isQuiet)
    if let file = invocation.text("to"), !invocation.isQuiet { context.print("wrote \(file)") }
  }

  package static let best = Command(
    "best", "shows the best trial of the current study", changesSession: false, examples: ["best", "best.params"]
  ) { invocation, context in
    let study = try context.study(at: invocation.span)
    guard study.directions.count == 1 else {
      throw Diagnostic(
        "a study with several objectives has no single best trial", at: invocation.span,
        hint: "plot pareto shows the front")
    }
    let best = try study.bestTrial(at: invocation.span)
    context.printDecision(study, unless: invocation.isQuiet)
    context.show(BestReport.table(best, study, showsTimes: context.showsTimes), unless: invocation.isQuiet)
  }

  package static let importance = Command(
    "importance", "shows how much each parameter matters to the objective (PED-ANOVA)", changesSession: false,
    details: "Shares add up to 1. Pruned trials count with their last report.", examples: ["importance"]
  ) { invocation, context in
    let study = try context.study(at: invocation.span)
    let shares = try ImportanceReport.shares(of: study, at: invocation.span)
    context.show(ImportanceReport.table(shares, study), unless: invocation.isQuiet)
  }

  package static let enqueue = Command(
    "enqueue", "puts a configuration at the front of the queue",
    options: [Option("*", .any, "values of parameters of the space; what is not given is sampled")],
    examples: ["enqueue learning_rate=0.01 layers=2"]
  ) { invocation, context in
    let study = try context.studyForAsking(at: invocation.span)
    guard !invocation.options.isEmpty else {
      throw Diagnostic(
        "enqueue needs a value of at least one parameter", at: invocation.span,
        hint: "for example: enqueue " + study.space.parameters.prefix(1).map { "\($0.name)=..." }.joined())
    }
    let point = invocation.options.mapValues { ParameterValue($0.value) }
    try checkActive(point, invocation, study.space)
    let read = try TrialPointReader(space: study.space).read(invocation)
    if let broken = study.space.brokenRules(by: read) {
      context.warn("this configuration breaks \(broken): it is tried, but cannot be the best")
    }
    do { try study.enqueue(read) } catch let error as StudyError {
      throw Diagnostic(error.message, at: invocation.span, hint: error.hint)
    }
    let said = point.sorted { $0.key < $1.key }.map { name, value in
      let isDeclared = Hyperparameters.option(name) != nil
      return ParameterName.typed(name) + "=" + (isDeclared ? value.description : value.typed)
    }.joined(separator: " ")
    if !invocation.isQuiet { context.print("enqueued \(said)") }
  }
}

/// A value of a parameter that the other values make inactive would be dropped.
private func checkActive(_ point: Point, _ invocation: Invocation, _ space: Search.Space) throws {
  let known = space.fixed.merging(point) { $1 }
  for (name, bound) in invocation.options.sorted(by: { $0.key < $1.key }) {
    guard let parameter = space[name], let condition = parameter.condition,
      condition.names.allSatisfy({ known[$0] != nil }), !condition.holds(in: known)
    else { continue }
    let given = condition.names.map { "\($0)=\(known[$0]!)" }.joined(separator: ", ")
    throw Diagnostic(
      "'\(name)' has no effect with \(given)", at: bound.span, hint: "the space has: \(parameter.line())")
  }
}

extension Search.Space {
  /// The rules that a configuration breaks, in words; nil if it keeps them all, or if a value is missing that is still to be sampled.
  fileprivate func brokenRules(by point: Point) -> String? {
    let known = fixed.merging(point) { $1 }
    let isWhole = parameters.allSatisfy { parameter in
      known[parameter.name] != nil || parameter.condition.map { !$0.holds(in: known) } ?? false
    }
    guard isWhole else { return nil }
    let broken = zip(constraints, violations(of: point)).filter { $0.1 > 0 }.map(\.0.text)
    return broken.isEmpty ? nil : broken.joined(separator: " and ")
  }
}

/// Reads `name=value` pairs as values of a study's space, with the space's own kinds.
struct TrialPointReader {
  let space: Search.Space

  func read(_ invocation: Invocation) throws -> Point {
    var point: Point = [:]
    for (name, bound) in invocation.options {
      guard let parameter = space[name] else {
        let names = space.parameters.map(\.name)
        throw Diagnostic(
          "the space has no parameter '\(name)'", at: bound.span,
          hint: Suggestion.hint(for: name, among: names) ?? "it has " + names.joined(separator: ", "))
      }
      guard let value = parameter.domain.matching(ParameterValue(bound.value)) else {
        throw Diagnostic(
          "'\(bound.value)' is not a value of '\(name)'", at: bound.span, hint: "\(name) in \(parameter.domain.text)")
      }
      point[name] = value
    }
    return point
  }
}

extension Domain {
  /// The domain's own form of a value: 2 stands for 2.0 in a range of floats.
  func matching(_ value: ParameterValue) -> ParameterValue? {
    switch self {
    case .float: return value.number.map { ParameterValue.float($0) }.flatMap { contains($0) ? $0 : nil }
    case .int: return contains(value) ? value : nil
    case .categorical(let choices, _): return choices.first { $0.isSame(as: value) }
    }
  }
}
