import Jupyter

extension Kernel {
  /// The shell that a request is for: the parent, or the subshell that its header names.
  func shell(for request: Request) throws(MalformedContent) -> Shell {
    guard let id = request.header.subshellID else { return parentShell }
    guard let shell = subshells[id], !shell.isRetired else {
      throw MalformedContent(message: "there is no subshell '\(id)'")
    }
    return shell
  }

  /// Ends a subshell's thread once its last cell has been answered.
  func retire(_ shell: Shell) {
    shell.isRetired = true
    guard shell.running == nil, let id = shell.id else { return }
    shell.worker.stop()
    subshells[id] = nil
    let save: Worker.Work = { [history = shell.history] in history.save() }
    if !clerk.submit(save) { save() }
  }

  /// Does what a shell's queue decided.
  func carryOut(_ actions: [ExecuteAction<Job>], on shell: Shell) {
    for action in actions {
      switch action {
      case .start(let job): start(job, on: shell)
      case .close:
        for parcel in shell.running?.closing ?? [] { deliver(parcel) }
        shell.running = nil
        repeatBusy()
      case .abort(let job): abort(job)
      }
    }
  }

  func releaseCells() { for shell in allShells { carryOut(shell.queue.release(), on: shell) } }

  /// Hands a cell to its shell's thread, then tells the subscribers; the thread's own words pass the mailbox and so come
  /// after these.
  private func start(_ job: Job, on shell: Shell) {
    guard shell.worker.start() else { return refuse(job, on: shell) }
    if job.execute.storesHistory { shell.executionCount += 1 }
    let header = job.request.header
    let interruption = Interruption()
    let outputs = CellOutputs(
      answering: header, isSilent: job.execute.isSilent, composer: composer, mailbox: mailbox,
      interruption: interruption, widgets: widgets)
    let input = InputGate(
      for: job.request, outputs: outputs, interruption: interruption, composer: composer, mailbox: mailbox)
    let run = CellRun(
      job: job, shell: shell.id, crashSlot: shell.crashSlot, executionCount: shell.executionCount, outputs: outputs,
      interruption: interruption, input: input, interpreter: interpreter, history: shell.history, composer: composer,
      mailbox: mailbox)
    shell.running = Shell.Running(request: job.request, interruption: interruption, outputs: outputs, input: input)
    shell.worker.submit { run() }
    publish(.status(.busy), answering: header)
    if !job.execute.isSilent {
      publish(.executeInput(job.execute.code, executionCount: shell.executionCount), answering: header)
    }
  }

  private func abort(_ job: Job) { answer(job, with: .executeAborted()) }

  /// A subshell's thread comes with its first cell, and the system may refuse it.
  private func refuse(_ job: Job, on shell: Shell) {
    answer(job, with: .executeRefused(ThreadRefused().description))
    carryOut(shell.queue.finish(hasFailed: true, at: .now), on: shell)
  }

  /// Answers a cell that does not run.
  private func answer(_ job: Job, with message: Message) {
    publish(.status(.busy), answering: job.request.header)
    reply(message, to: job.request)
    publishIdle(answering: job.request.header)
  }

  /// Does what other threads have left in the mailbox.
  func readMail() {
    for item in mailbox.collect() {
      switch item {
      case .send(let parcel): deliver(parcel)
      case .answered(let parcels):
        for parcel in parcels { deliver(parcel) }
        repeatBusy()
      case .timer(let output, let time): timers.append((output, time))
      case .finished(let id, let hasFailed, let closing):
        guard let shell = id.map({ subshells[$0] }) ?? parentShell else { continue }
        shell.running?.closing = closing
        memory.worked(at: .now)
        noteHistory()
        // What was sent before the failure may still lie in the socket; it must be in the queue when the failure is.
        if hasFailed { serve(.shell, atMost: Int.max) }
        carryOut(shell.queue.finish(hasFailed: hasFailed, at: .now), on: shell)
        if shell.isRetired { retire(shell) }
      }
    }
  }
}
