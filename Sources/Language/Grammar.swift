/// What the parser is told of the commands: the language itself knows none by name.
package struct Grammar: Sendable {
  package var commands: Set<String>
  /// Those that take the indented lines under them.
  package var blockCommands: Set<String>
  /// What to say to a first word that is not a command here, but another program's.
  package var hint: @Sendable (String) -> String?

  package init(
    commands: Set<String>, blockCommands: Set<String>, hint: @escaping @Sendable (String) -> String? = { _ in nil }
  ) {
    self.commands = commands
    self.blockCommands = blockCommands
    self.hint = hint
  }
}

/// Whether a cell that is still being typed can run: the answer to `is_complete`.
package enum Readiness: Sendable, Equatable {
  case complete
  /// More is needed; the next line starts with this indentation.
  case incomplete(indent: String)
  /// More typing will not mend it.
  case invalid
}
