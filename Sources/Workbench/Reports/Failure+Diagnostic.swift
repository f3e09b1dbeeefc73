import Jupyter
import Language

extension Failure {
  /// Every mistake of a cell at once. The last line of the traceback says it all: test runners show only that.
  static func mistakes(_ diagnostics: [Diagnostic], in source: String, name: String = "CommandError") -> Failure {
    let source = Source(source)
    return Failure(
      name: name, message: diagnostics.summary(in: source),
      traceback: diagnostics.rendered(in: source).split(separator: "\n", omittingEmptySubsequences: false).map(
        String.init))
  }

  /// What a statement threw.
  static func from(_ error: any Error, in source: String) -> Failure {
    switch error {
    case let failure as Failure: failure
    case let failed as Assertion.Failed: .mistakes([failed.diagnostic], in: source, name: "AssertionError")
    case let diagnostic as Diagnostic: .mistakes([diagnostic], in: source)
    case is CancellationError: .interrupted("stopped; what was done is kept")
    case let stop as Stopped: .interrupted(stop.message)
    default: Failure(name: "InternalError", message: "\(error)", traceback: ["InternalError: \(error)"])
    }
  }
}

/// A command that an interrupt ended: what is done is kept, and the message says what that is.
struct Stopped: Error {
  var message: String
}
