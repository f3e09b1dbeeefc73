import Language
import Vocabulary

/// A command of the language, declared once: binding, checks, completion, help and the reference page derive from it.
package struct Command: Sendable {
  package var name: String
  /// One line: what it does.
  package var summary: String
  /// The values before the first `key=value`, in order.
  package var positionals: [Option]
  /// Whether the last positional may be repeated.
  package var repeatsLastPositional: Bool
  /// The `key=value` parameters.
  package var options: [Option]
  /// Whether indented lines under it belong to it.
  package var takesBlock: Bool
  /// Whether its first value may be a file, which is read by the source that its content asks for.
  package var readsFiles = false
  /// Whether settings may take values in turn on its line: `neurons in {32, 128}`.
  package var takesVariations = false
  /// A subshell only looks: what changes the session is refused there.
  package var changesSession: Bool
  /// Sentences that help shows under the parameters.
  package var details: String
  package var examples: [String]
  /// What binding alone does not see, looked at before the cell runs (the lines of a `space` block).
  package var check: @Sendable (Language.Command, any Scope) throws -> Void
  package var run: @Sendable (Invocation, CellContext) throws -> Void

  package init(
    _ name: String, _ summary: String, positionals: [Option] = [], repeatsLastPositional: Bool = false,
    options: [Option] = [], takesBlock: Bool = false, changesSession: Bool = true, details: String = "",
    examples: [String] = [], check: @escaping @Sendable (Language.Command, any Scope) throws -> Void = { _, _ in },
    run: @escaping @Sendable (Invocation, CellContext) throws -> Void
  ) {
    self.name = name
    self.summary = summary
    self.positionals = positionals
    self.repeatsLastPositional = repeatsLastPositional
    self.options = options
    self.takesBlock = takesBlock
    self.changesSession = changesSession
    self.details = details
    self.examples = examples
    self.check = check
    self.run = run
  }
}

/// Every command, in the order in which help lists them.
package enum Commands {
  package static let all: [Command] = [
    .data, .describe, .network, .train, .evaluate, .calibrate, .findLearningRate, .compare, .bench,
    .space, .tune, .study, .enqueue, .trials, .best, .explain, .watch, .importance, .retrain, .ask, .report, .tell,
    .plot,
    .predict, .export, .save, .load, .importWeights,
    .set, .show, .reset, .help, .print, .clear, .exit, .quit,
  ]

  package static let byName: [String: Command] = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}
