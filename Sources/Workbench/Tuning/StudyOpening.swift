import Foundation
import Language
import Search
import Storage
import Studies
import Vocabulary

/// Opens a study of a storage: its space, fixed settings, network and data become the session's.
struct StudyOpening {
  let context: CellContext

  /// What opening has found, for the command to say.
  struct Findings {
    var study: Study
    /// What cannot be used, or is not as it seems, in words.
    var warnings: [String] = []
    /// Why the study's data was not loaded.
    var dataProblem: Diagnostic?
    var hasLoadedData = false
  }

  /// Nothing of the session changes if this throws. `policy` says which data the study may have loaded; nil leaves the session's.
  func open(_ name: String, in storage: any StudyStorage, at span: Span, loadingData policy: StudyDataPolicy?) throws
    -> Findings
  {
    let session = context.session
    let maker = StudyMaker(context: context)
    let study = try study(name, in: storage, at: span)
    let fixed = FixedSettings(study)
    let network = fixed.arguments("network")
    var findings = Findings(study: study, warnings: fixed.problems + notes(of: study, session))
    var loaded: LoadedData?
    if let policy, let text = study.settings.attributes["data"] {
      let isHere =
        session.data?.text == text
        && (try? maker.checkData(of: study, session.data, at: span, hint: "")) != nil
      if !isHere {
        do { loaded = try StudyData(study: study, policy: policy).load(context, at: span) } catch let error
          as Diagnostic
        {
          findings.dataProblem = error
        }
      }
    }
    findings.hasLoadedData = loaded != nil
    let space = description(of: study)
    context.store.update { session in
      session.storage = storage
      session.study = study
      if let space { session.space = space }
      if !network.isEmpty { session.network = NetworkSetting(said: network) }
      if let loaded { session.data = loaded }
    }
    return findings
  }

  /// The study alone: the session stays as it is.
  func study(_ name: String, in storage: any StudyStorage, at span: Span) throws -> Study {
    let session = context.session
    return try StudyMaker(context: context).diagnosing(span) {
      do {
        return try Study.open(
          named: name, in: storage, fallback: fallback(session), constraint: StoredRule.constraint,
          check: Self.checkCalls)
      } catch let error as StudyError {
        throw StudyError("the study '\(name)' in \(storage.place) is damaged: \(error.message)", hint: error.hint)
      }
    }
  }

  /// For a study of another program, which says nothing of its space: the current one.
  private func fallback(_ session: Session) -> StudySettings? {
    session.space.map { description in
      var settings = StudySettings(space: description.space(in: session))
      settings.spaceText = description.lines.joined(separator: "\n")
      settings.seed = session.settings.seed
      return settings
    }
  }

  /// A sampler's and a pruner's options are checked as those of a cell are.
  private static func checkCalls(_ settings: inout StudySettings) throws {
    do {
      settings.sampler = try StoredArgument.bound(settings.sampler, among: Samplers.all.map(\.syntax), "sampler")
      settings.pruner = try StoredArgument.bound(settings.pruner, among: Pruners.all.map(\.syntax), "pruner")
    } catch let mistake as Diagnostic {
      throw StudyError("its settings cannot be used: " + mistake.message)
    }
  }

  /// What a person should know before the next command.
  private func notes(of study: Study, _ session: Session) -> [String] {
    var notes: [String] = []
    if let first = study.renumbered.first {
      let others = study.renumbered.count - 1
      notes.append(
        "the numbers of its trials have gaps: trial \(first.there) is shown as \(first.here)"
          + (others > 0 ? ", and \(others) more have another number" : ""))
    }
    if study.settings.isForeign, let space = session.space, !study.space.parameters.isEmpty {
      let own = Set(study.space.parameters.map(\.name))
      if own != Set(space.parameters.map(\.name)) {
        notes.append(
          "the space of the session is not the study's: now it is the study's own, "
            + study.space.parameters.map(\.name).joined(separator: ", "))
      }
    }
    return notes
  }

  /// The study's space as the session has one.
  private func description(of study: Study) -> SpaceDescription? {
    let space = study.space
    if space.parameters.isEmpty { return nil }
    let isExternal = !space.parameters.allSatisfy { parameter in
      // `cosine.min` stands for a range inside a call of a declared parameter.
      let owner = parameter.name.contains(".") ? parameter.condition?.names.first ?? "" : parameter.name
      return Hyperparameters.option(owner) != nil
    }
    var description = SpaceDescription(isExternal: isExternal)
    description.parameters = space.parameters
    for constraint in space.constraints {
      guard let expression = try? StoredRule.expression(constraint.text) else { continue }
      description.constraints.append(.init(text: constraint.text, expression: expression))
    }
    return description
  }
}
