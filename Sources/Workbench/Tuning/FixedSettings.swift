import Language
import Studies
import Vocabulary

/// Settings that a study keeps as text among its attributes: `epochs=5 optimizer=adam`.
struct FixedSettings {
  let study: Study

  init(_ study: Study) { self.study = study }

  /// The attribute's settings; empty where the study has none (it was made elsewhere).
  func arguments(_ attribute: String) -> [String: Argument] {
    guard let text = study.settings.attributes[attribute], !text.isEmpty else { return [:] }
    let (program, _) = Parser(Grammar(commands: ["fixed"], blockCommands: [])).parse("fixed " + text)
    guard case .command(let command)? = program.statements.first?.kind else { return [:] }
    let binder = ArgumentBinder(scope: NoScope(), callFromText: ExpressionText.read)
    var result: [String: Argument] = [:]
    for (key, value) in command.keywords {
      guard let option = Hyperparameters.option(key.text) else { continue }
      result[key.text] = try? binder.bind(value, to: option.kind, key.text)
    }
    return result
  }
}
