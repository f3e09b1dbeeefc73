import Language
import Studies
import Vocabulary

extension Command {
  package static let explain = Command(
    "explain",
    "says what the search believes: the best so far, what matters, what it tries next and why, what is untried",
    changesSession: false,
    details: """
      At most 600 characters, for people in a hurry and for programs. What matters are the shares of importance; the next
      configuration is the one that tune or ask would take now, and nothing is begun by looking at it.
      """,
    examples: ["explain"]
  ) { invocation, context in
    let study = try context.study(at: invocation.span)
    let text = Explanation(study).text
    if !invocation.isQuiet { context.print(text) }
  }
}
