/// Where in a cell a position lies, for completion and help: the word that is being typed and what may stand there.
///
/// Made from the tokens before the position alone, so that a cell may be as unfinished as it likes.
package struct CursorContext: Sendable, Equatable {
  /// What is typed of the word; in a string, what is typed of its text.
  package var partial: String
  /// The stretch that a finished word replaces: from the word's start to the position.
  package var span: Span
  package var isInString: Bool
  package var place: Place

  package enum Place: Sendable, Equatable {
    /// The first word of a statement.
    case statement
    /// Behind a `?`.
    case question
    /// Behind a dot: the source of what stands before it, `run("deep").history`.
    case attribute(of: String)
    /// A value, or a parameter's name, of a command.
    case command(CommandPlace, path: [Step])
    /// A line of a block: the first word. With the names of the lines before.
    case blockName(command: CommandPlace, earlier: [String])
    /// Behind `in` of a block's line.
    case blockDomain(of: String, command: CommandPlace, path: [Step])
    /// Behind a block line's domain: the words that may follow.
    case blockWord([String])
    /// In a condition: an earlier name, or, after a comparison with one, its value.
    case condition(of: String?, command: CommandPlace, earlier: [String])
    /// A value of no declared place.
    case expression(path: [Step])
    /// Nothing can be completed: a comment, a number.
    case nothing
  }

  /// A command as far as it is typed, and which of its parts the position is in.
  package struct CommandPlace: Sendable, Equatable {
    package var verb: String
    /// The source of each positional value before this part.
    package var positionals: [String] = []
    /// The keys that are given, before and after the position.
    package var keys: [String] = []
    /// What the keys before the position were given, as typed.
    package var values: [String: String] = [:]
    /// The key whose value is being typed; nil for the next positional value or key.
    package var key: String?
    /// Whether a part of the value is there already: an operator's right side is being typed.
    package var isWithinValue = false
  }

  /// A bracket on the way from the statement to the position.
  package enum Step: Sendable, Equatable {
    /// `name(` with the arguments before this one, and the key of this one.
    case call(String, given: [GivenArgument], key: String?)
    /// `[` or `{` of a list or set.
    case element
  }

  package struct GivenArgument: Sendable, Equatable {
    package var key: String?
    /// As typed.
    package var text: String
  }

  /// The context at a position, counted in Unicode scalars and clamped to the source. O(length before it).
  package static func at(_ position: Int, in text: String, _ grammar: Grammar) -> CursorContext {
    CursorReader(text: text, position: position, grammar: grammar).context()
  }
}
