/// Asks for a cell to be run.
package struct ExecuteRequest: Sendable {
  package var code: String
  package var isSilent: Bool
  package var storesHistory: Bool
  package var userExpressions: [String: String]
  package var allowsInput: Bool
  package var stopsOnError: Bool

  package init(_ fields: Fields) throws(MalformedContent) {
    code = try fields.string("code")
    isSilent = try fields.bool("silent", default: false)
    let storesHistory = try fields.bool("store_history", default: !isSilent)
    self.storesHistory = storesHistory && !isSilent
    userExpressions = try fields.strings("user_expressions")
    allowsInput = try fields.bool("allow_stdin", default: false)
    stopsOnError = try fields.bool("stop_on_error", default: true)
  }
}

extension Message {
  /// Shows every subscriber what is being run.
  package static func executeInput(_ code: String, executionCount: Int) -> Message {
    Message("execute_input", ["code": .string(code), "execution_count": .int(executionCount)])
  }

  package static func executeResult(_ bundle: MIMEBundle, executionCount: Int) -> Message {
    var fields = bundle.fields
    fields["execution_count"] = .int(executionCount)
    return Message("execute_result", .object(fields))
  }

  /// The end of a cell. The execution count stands in it whatever the status: consoles number their prompts by it.
  package static func executeReply(_ outcome: Outcome, executionCount: Int, started: String) -> Message {
    if let failure = outcome.failure {
      var reply = errorReply("execute_reply", failure, executionCount: executionCount)
      reply.metadata = ["started": .string(started), "status": "error"]
      return reply
    }
    let content: JSON = [
      "status": "ok", "execution_count": .int(executionCount), "payload": .array(outcome.payloads.map(\.json)),
      "user_expressions": .object(outcome.userExpressions.mapValues(evaluation)),
    ]
    return Message("execute_reply", content, metadata: ["started": .string(started), "status": "ok"])
  }

  private static func evaluation(_ result: Result<MIMEBundle, Failure>) -> JSON {
    switch result {
    case .success(let bundle): .object(bundle.fields.merging(["status": "ok"]) { $1 })
    case .failure(let failure): .object(failure.fields.merging(["status": "error"]) { $1 })
    }
  }

  /// The answer to a request that was waiting when an earlier one failed. The status is `error`, as the specification
  /// has it since 5.1: clients that check replies refuse `aborted`. The number is null, since the cell did not run: a front end
  /// would write it beside the cell.
  package static func executeAborted() -> Message { notRun("ExecutionAborted", "an earlier cell failed") }

  /// The answer to a request that the system left no means to run.
  package static func executeRefused(_ reason: String) -> Message { notRun("SystemError", reason) }

  private static func notRun(_ name: String, _ reason: String) -> Message {
    let failure = Failure(name: name, message: reason, traceback: ["\(name): \(reason)"])
    let content = failure.fields.merging(["status": "error", "execution_count": .null]) { $1 }
    return Message("execute_reply", .object(content))
  }
}

extension Payload {
  var json: JSON {
    switch self {
    case .page(let bundle): ["source": "page", "data": .object(bundle.data), "start": 0]
    case .setNextInput(let text, let replace):
      ["source": "set_next_input", "text": .string(text), "replace": .bool(replace)]
    case .askExit(let keepKernel, _): ["source": "ask_exit", "keepkernel": .bool(keepKernel)]
    }
  }
}
