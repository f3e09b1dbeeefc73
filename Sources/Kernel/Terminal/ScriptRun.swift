import Glibc
import Jupyter

/// Runs cells one after another without Jupyter, their outputs to the terminal.
package struct ScriptRun {
  private let interpreter: any Interpreter

  package init(on interpreter: any Interpreter) { self.interpreter = interpreter }

  /// Returns the exit status: 0, 1 after a cell that failed and should not, 130 after an interrupt. Ctrl-C stops the
  /// running cell; a second one ends the process at once.
  package func callAsFunction(_ cells: [Notebook.CodeCell]) -> Int32 {
    let output = TerminalOutput(isTerminal: isatty(STDOUT_FILENO) == 1)
    let interruption = Interruption()
    let watcher = InterruptWatcher(raising: interruption)
    defer {
      watcher.stop()
      interpreter.shutdown()
    }
    for (index, source) in cells.enumerated() {
      let cell = Cell(
        source: source.source, allowsInput: true, executionCount: index + 1, interruption: interruption,
        input: TerminalInput(interruption: interruption))
      let outcome = interpreter.execute(cell, output: output)
      output.finish()
      if let failure = outcome.failure {
        writeWhole(failure.traceback.joined(separator: "\n") + "\n", to: STDERR_FILENO)
        if interruption.isRaised { return 130 }
        if !source.mayFail { return 1 }
      }
      if let text = outcome.result?.plainText { writeWhole(text + "\n", to: STDOUT_FILENO) }
      for payload in outcome.payloads {
        switch payload {
        case .page(let bundle): writeWhole((bundle.plainText ?? "") + "\n", to: STDOUT_FILENO)
        case .askExit: return 0
        case .setNextInput: break
        }
      }
    }
    return 0
  }
}
