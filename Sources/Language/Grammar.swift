/// What the parser is told of the commands: the language itself knows none by name.
package struct Grammar: Sendable {
  package var commands: Set<String>
  /// Those that take the indented lines under them.
  package var blockCommands: Set<String>

  package init(commands: Set<String>, blockCommands: Set<String>) {
    self.commands = commands
    self.blockCommands = blockCommands
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
