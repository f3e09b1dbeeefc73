/// The interruption of the work that runs on this thread, for long loops far from whoever knows the cell.
///
/// A loop over what a person or a file may make long asks once in about a thousand rounds.
package enum Interrupting {
  @TaskLocal private static var question: @Sendable () -> Bool = { false }

  /// Whether the work was interrupted; false outside `during`.
  package static var isRaised: Bool { question() }

  /// Throws `CancellationError` if the work was interrupted.
  package static func check() throws {
    if isRaised { throw CancellationError() }
  }

  /// Runs `body` as work that is interrupted when `isRaised` says so; on this thread, not on those that it starts.
  package static func during<Result>(
    _ isRaised: @escaping @Sendable () -> Bool, _ body: () throws -> Result
  ) rethrows -> Result {
    try $question.withValue(isRaised, operation: body)
  }
}
