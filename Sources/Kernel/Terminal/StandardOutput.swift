import Glibc
import Jupyter
import Synchronization

/// Standard output, watched: the first write that fails stops the running cell, and nothing is written after it. What
/// could not be written must not count as done.
package final class StandardOutput: Sendable {
  private let firstFailure = Mutex<Int32?>(nil)
  private let interruption: Interruption

  package init(stopping interruption: Interruption) { self.interruption = interruption }

  /// The error number of the write that failed.
  package var failure: Int32? { firstFailure.withLock { $0 } }

  package var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// The terminal's width now; nil where there is none.
  package var columns: Int? {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  package func write(_ text: String) {
    firstFailure.withLock { failure in
      guard failure == nil else { return }
      let code = writeWhole(text, to: STDOUT_FILENO)
      guard code != 0 else { return }
      failure = code
      interruption.raise()
    }
  }
}
