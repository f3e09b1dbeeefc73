import Glibc
import Jupyter

/// Asks the person at the terminal.
struct TerminalInput: CellInput {
  let interruption: Interruption

  func read(prompt: String, isPassword: Bool) throws(Failure) -> String {
    writeWhole(prompt, to: STDOUT_FILENO)
    guard let line = readLine() else {
      throw interruption.isRaised
        ? .interrupted("while waiting for input")
        : Failure(name: "EOFError", message: "the input ended", traceback: ["EOFError: the input ended"])
    }
    return line
  }
}
