import Glibc
import Jupyter

/// Runs cells one after another without Jupyter, their outputs to the terminal.
package struct ScriptRun {
  private let interpreter: any Interpreter
  private let echoes: Bool

  /// With `echoing`, each statement is printed before its outputs.
  package init(on interpreter: any Interpreter, echoing: Bool = false) {
    self.interpreter = interpreter
    echoes = echoing
  }

  /// Returns the exit status: 0 or what `exit` asks for, 1 after a cell that failed and should not, 130 after an interrupt, 141 if nobody reads
  /// what is written any more. Ctrl-C stops the running cell; a second one ends the process at once.
  package func callAsFunction(_ cells: [Notebook.CodeCell]) -> Int32 {
    let interruption = Interruption()
    let stream = StandardOutput(stopping: interruption)
    let output = TerminalOutput(to: stream)
    let watcher = InterruptWatcher(raising: interruption)
    defer {
      watcher?.stop()
      interpreter.shutdown()
    }
    for (index, source) in cells.enumerated() {
      var cell = Cell(
        source: source.source, allowsInput: true, metadata: source.metadata, executionCount: index + 1,
        interruption: interruption, input: TerminalInput(interruption: interruption))
      cell.isEchoed = echoes
      let outcome = interpreter.execute(cell, output: output)
      output.finish()
      if let code = stream.failure { return Self.status(ofWriteError: code) }
      if let failure = outcome.failure {
        writeWhole(failure.traceback.joined(separator: "\n") + "\n", to: STDERR_FILENO)
        if interruption.isRaised { return 130 }
        if !source.mayFail { return 1 }
      }
      let end = show(outcome, on: stream)
      if let code = stream.failure { return Self.status(ofWriteError: code) }
      if let end { return Int32(end) }
    }
    return 0
  }

  /// Prints what a cell hands over at its end; the exit status if it asked for one.
  private func show(_ outcome: Outcome, on stream: StandardOutput) -> Int? {
    if let text = outcome.result?.plainText { stream.write(text + "\n") }
    for payload in outcome.payloads {
      switch payload {
      case .page(let bundle): stream.write((bundle.plainText ?? "") + "\n")
      case .askExit(_, let status): return status
      case .setNextInput: break
      }
    }
    return nil
  }

  /// Nobody reads a closed pipe, as after `| head`: a status as if the signal had ended the process, and no word.
  private static func status(ofWriteError code: Int32) -> Int32 {
    if code == EPIPE { return 128 + SIGPIPE }
    KernelProcess.complain("attune: cannot write to standard output: \(String(cString: strerror(code)))")
    return 1
  }
}
