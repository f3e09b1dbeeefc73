import Language
import Search
import Studies
import Vocabulary

/// Goes on with a study of the storage: its space, fixed settings and network become the session's again.
struct StudyOpening {
  let context: CellContext

  func open(_ name: String, at span: Span) throws {
    let session = context.session
    let maker = StudyMaker(context: context)
    let study = try maker.diagnosing(span) {
      try Study.open(named: name, in: session.storage, fallback: fallback(session), constraint: constraint)
    }
    let space = description(of: study)
    let network = FixedSettings(study).arguments("network")
    context.store.update { session in
      session.study = study
      if let space { session.space = space }
      if !network.isEmpty { session.network = NetworkSetting(said: network) }
    }
  }

  /// For a study of another program, which says nothing of its space: the current one.
  private func fallback(_ session: Session) -> StudySettings? {
    session.space.map { description in
      var settings = StudySettings(
        space: description.space(fixed: [:], known: Hyperparameters.standard) { _, _ in nil })
      settings.spaceText = description.lines.joined(separator: "\n")
      settings.seed = session.settings.seed
      return settings
    }
  }

  /// A rule's text with its meaning; measures of the network are there once `tune` has data.
  private func constraint(_ text: String) throws -> Constraint {
    let expression = try ExpressionText.parse(text)
    return Constraint(text) { point in Violation(point: point, measure: { _ in nil }).amount(of: expression) }
  }

  /// The space as it was typed.
  private func description(of study: Study) -> SpaceDescription? {
    guard let text = study.settings.spaceText, !text.isEmpty else { return nil }
    let source = "space\n" + text.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n") + "\n"
    let (program, mistakes) = Parser(Workbench.grammar).parse(source)
    guard mistakes.isEmpty, case .command(let command)? = program.statements.first?.kind else { return nil }
    let isExternal = !study.space.parameters.allSatisfy { Hyperparameters.option($0.name) != nil }
    let binder = ArgumentBinder(scope: NoScope(), callFromText: ExpressionText.read)
    return try? SpaceReader(binder: binder, known: Hyperparameters.all, isExternal: isExternal).read(
      command.block, at: command.span)
  }
}
