import Glibc
import Jupyter

/// Runs cells for another program over a pipe: a JSON object per line in, JSON objects per line out.
///
/// A request is `{"code": "train", "expressions": {"loss": "run.history.val_loss"}}`. Its outputs follow as they arise
/// (`{"stream": "stdout", "text": ...}`, `{"display": {"image/svg+xml": ...}, "id": ...}`, `{"update": ..., "id": ...}`,
/// `{"clear": true}`) and one line ends it:
/// `{"status": "ok", "result": {...}, "expressions": {"loss": {"status": "ok", "data": {...}}}}`, or
/// `{"status": "error", "name": ..., "message": ..., "traceback": [...]}`. What is not such a request is answered with an
/// error as well. SIGINT interrupts the running cell; the end of the input ends the program.
package struct PipeRun {
  private let interpreter: any Interpreter

  package init(on interpreter: any Interpreter) { self.interpreter = interpreter }

  /// Returns the exit status: 0 at the end of the input or after `exit`, 1 if nobody reads the answers any more.
  package func callAsFunction() -> Int32 {
    let interruptions = PipeInterruptions()
    defer {
      interruptions?.stop()
      interpreter.shutdown()
    }
    let output = PipeOutput()
    var lines = LineReader(descriptor: STDIN_FILENO)
    var count = 0
    while let line = lines.next() {
      let request: JSON
      do { request = try JSON(parsing: line) } catch {
        output.send(.failed(Failure(name: "ValueError", message: "the request is not JSON: \(error)", traceback: [])))
        continue
      }
      guard let code = request["code"]?.string else {
        output.send(.failed(Failure(name: "ValueError", message: "the request has no text 'code'", traceback: [])))
        continue
      }
      count += 1
      let cell = Cell(
        source: code, userExpressions: (request["expressions"]?.object ?? [:]).compactMapValues(\.string),
        isSilent: request["silent"]?.bool ?? false, executionCount: count,
        interruption: interruptions?.begin() ?? Interruption())
      let outcome = interpreter.execute(cell, output: output)
      interruptions?.end()
      output.send(.answer(outcome))
      if output.isBroken { return 1 }
      if outcome.payloads.contains(where: { if case .askExit = $0 { true } else { false } }) { return 0 }
    }
    return 0
  }
}

extension JSON {
  /// The line that ends a request.
  fileprivate static func answer(_ outcome: Outcome) -> JSON {
    if let failure = outcome.failure { return .failed(failure) }
    var members: [String: JSON] = ["status": "ok"]
    if let result = outcome.result { members["result"] = .object(result.data) }
    let pages = outcome.payloads.compactMap { if case .page(let page) = $0 { JSON.object(page.data) } else { nil } }
    if !pages.isEmpty { members["pages"] = .array(pages) }
    if !outcome.userExpressions.isEmpty {
      members["expressions"] = .object(
        outcome.userExpressions.mapValues { value in
          switch value {
          case .success(let bundle): ["status": "ok", "data": .object(bundle.data)]
          case .failure(let failure): .failed(failure)
          }
        })
    }
    return .object(members)
  }

  fileprivate static func failed(_ failure: Failure) -> JSON {
    [
      "status": "error", "name": .string(failure.name), "message": .string(failure.message),
      "traceback": .array(failure.traceback.map(JSON.string)),
    ]
  }
}
