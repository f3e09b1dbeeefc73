import Datasets
import Language
import Studies
import Vocabulary

/// The data that a study was made on, loaded from what the study says of it.
struct StudyData {
  let study: Study
  let policy: StudyDataPolicy

  /// The study's words for its data, as values: as it keeps them, or read from the text of an older version.
  private var words: StudyRecipe.DataWords? {
    if let recipe = study.settings.recipe { return recipe.data }
    guard let text = study.settings.attributes["data"], let (head, pairs) = LiteralReader.words(text) else {
      return nil
    }
    return .init(source: head, options: pairs, seed: 0)
  }

  /// Loads it, and compares its checksum before anyone sees it. Throws diagnostics.
  func load(_ context: CellContext, at span: Span) throws -> LoadedData {
    guard let text = study.settings.attributes["data"] else {
      throw Diagnostic("the study '\(study.name)' does not say what data it is about", at: span)
    }
    guard let words else { throw Diagnostic("what the study says of its data cannot be read: \(text)", at: span) }
    guard let source = DataSources.all.first(where: { $0.syntax.name == words.source.name }) else {
      throw Diagnostic("the study names the data source '\(words.source.name)', which there is not", at: span)
    }
    let call: Call
    do {
      call = try policy.allowed(StoredArgument.bound(words.source, among: [source.syntax], "data"), source.syntax)
    } catch let refusal as Files.Refusal { throw Diagnostic(refusal.message, at: span, hint: refusal.hint) } catch let
      mistake as Diagnostic
    { throw Diagnostic("the study's data: " + mistake.message, at: span) }
    if !call.paths(source.syntax).isEmpty, study.settings.attributes[StudyMaker.checksum] == nil {
      throw Diagnostic("the study names a file for its data, and no checksum to know it by", at: span)
    }
    let invocation = try invocation(call, words, at: span)
    var loaded = try Command.load(call, invocation, context, mayFetch: false)
    (loaded.text, loaded.source) = (text, words.source)
    loaded.options = words.options
    try StudyMaker(context: context).checkData(
      of: study, loaded, at: span, hint: "the study was made on another version")
    return loaded
  }

  /// A quiet `data` with the study's options, each checked.
  private func invocation(_ call: Call, _ words: StudyRecipe.DataWords, at span: Span) throws -> Invocation {
    let command = Command.data
    var options: [String: Invocation.Bound] = [
      "seed": .init(value: .int(words.seed.typed), span: span)
    ]
    for named in words.options {
      guard let option = command.options.first(where: { $0.name == named.name }), option.name != "replace" else {
        throw Diagnostic("the study's data has an option '\(named.name)', which data has not", at: span)
      }
      do {
        options[named.name] = .init(
          value: try StoredArgument.bound(named.value, to: option.kind, named.name), span: span)
      } catch let mistake as Diagnostic { throw Diagnostic("the study's data: " + mistake.message, at: span) }
    }
    return Invocation(
      command: command, verb: Word("data", at: span), positionals: [.init(value: .call(call), span: span)],
      options: options, written: words.options.map(\.name), block: [], span: span, isQuiet: true)
  }
}
