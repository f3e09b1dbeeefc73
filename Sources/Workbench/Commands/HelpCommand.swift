import Language
import Vocabulary

extension Command {
  package static let help = Command(
    "help", "lists the commands, or explains one word: a command, a parameter, a schedule, a plot",
    positionals: [Option("word", .name(.topic), "the word to explain")], repeatsLastPositional: true,
    changesSession: false,
    details:
      "?train and train? ask the same in the client's pager. help train epochs and ?train.epochs ask about one parameter.",
    examples: ["help", "help train", "help step", "help train epochs", "?step"],
    check: { written, _ in
      let words = written.positionals.map(Command.asked)
      if !words.isEmpty, HelpIndex.entries(for: words).isEmpty {
        throw Help.unknown(words, at: written.positionals.reduce(written.positionals[0].span) { $0.union($1.span) })
      }
    }
  ) { invocation, context in
    let words = invocation.positionals.map { $0.value.text ?? $0.value.description }
    context.output.display(Help.bundle(for: words) ?? Help.overview, id: nil)
  }

  private static func asked(_ expression: Expression) -> String {
    switch expression {
    case .name(let name, _): name
    case .literal(let value, _): value.text ?? value.description
    default: ""
    }
  }
}
