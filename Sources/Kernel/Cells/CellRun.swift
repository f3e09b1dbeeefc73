import Jupyter

/// An execute request that waits or runs.
struct Job: Sendable {
  var request: Request
  var execute: ExecuteRequest
}

/// One cell's run, from its start on the shell's thread to its reply.
struct CellRun: Sendable {
  let job: Job
  let shell: String?
  let crashSlot: Int
  let executionCount: Int
  let outputs: CellOutputs
  let interruption: Interruption
  let input: InputGate
  let interpreter: any Interpreter
  let history: HistorySession
  let composer: Composer
  let mailbox: Mailbox

  /// Runs the cell and posts all that it says. Nothing thrown, nothing left unanswered.
  func callAsFunction() {
    let started = Timestamp.now
    CrashReport.note("cell \(executionCount): \(interpreter.remembered(job.execute.code).prefix(200))", in: crashSlot)
    let outcome = interpreter.execute(cell, output: outputs)
    CrashReport.note("", in: crashSlot)
    outputs.end()
    if outcome.failure == nil, let result = outcome.result, !job.execute.isSilent {
      post(publication(.executeResult(result, executionCount: executionCount)))
    }
    if job.execute.storesHistory {
      history.append(
        input: job.execute.code, output: outcome.result?.data["text/plain"]?.string, line: executionCount)
    }
    var closing: [Parcel] = []
    if let failure = outcome.failure, !job.execute.isSilent { closing.append(publication(.error(failure))) }
    let reply = Message.executeReply(outcome, executionCount: executionCount, started: started)
    let frames = composer.frames(reply, answering: job.request.header, to: job.request.identities)
    closing.append(Parcel(channel: job.request.channel, frames: frames))
    closing.append(publication(.status(.idle)))
    mailbox.post(
      .finished(shell: shell, hasFailed: outcome.failure != nil && !job.execute.isSilent, closing: closing))
  }

  private var cell: Cell {
    Cell(
      source: job.execute.code, userExpressions: job.execute.userExpressions, isSilent: job.execute.isSilent,
      storesHistory: job.execute.storesHistory, allowsInput: job.execute.allowsInput, metadata: job.request.metadata,
      subshell: shell, executionCount: executionCount, interruption: interruption,
      input: job.execute.allowsInput ? input : nil)
  }

  private func publication(_ message: Message) -> Parcel {
    Parcel(channel: .iopub, frames: composer.publication(message, answering: job.request.header))
  }

  private func post(_ parcel: Parcel) { mailbox.post(.send(parcel)) }
}
