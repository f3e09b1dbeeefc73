import Glibc
import Jupyter
import Synchronization

/// A cell's outputs on standard output and standard error, in text.
///
/// A display with an id is live: it may be renewed. On a terminal its newest line is shown and overwritten; when
/// something else is said, or the cell ends, every live display is printed once, as it last was. So a file that output
/// is sent to holds no progress, only what came of it.
package final class TerminalOutput: CellOutput {
  private struct State {
    var live: [(id: String, text: String)] = []
    var lineIsShown = false
  }
  private let state = Mutex(State())
  private let stream: StandardOutput
  private let isTerminal: Bool

  package init(to stream: StandardOutput) {
    self.stream = stream
    isTerminal = stream.isTerminal
  }

  /// A line as wide as the terminal would break.
  package var columns: Int { max(20, (stream.columns ?? 80) - 1) }

  package func write(_ text: String, to stream: OutputStream) {
    state.withLock { state in
      // A line that renews itself is for a terminal only.
      if stream == .stdout, !isTerminal, text.hasPrefix("\r") || text.hasSuffix("\r") { return }
      settle(&state)
      put(text, to: stream)
    }
  }

  package func display(_ bundle: MIMEBundle, id: String?) {
    guard let text = bundle.plainText else { return }
    state.withLock { state in
      if let id {
        renew(id, text, &state)
      } else {
        settle(&state)
        put(text + "\n", to: .stdout)
      }
    }
  }

  package func update(_ bundle: MIMEBundle, id: String) {
    guard let text = bundle.plainText else { return }
    state.withLock { renew(id, text, &$0) }
  }

  /// What lies on a terminal stays; what is live is forgotten.
  package func clear(wait: Bool) {
    state.withLock { state in
      wipeLine(&state)
      state.live = []
    }
  }

  /// Prints what is live: the cell has ended.
  package func finish() { state.withLock { settle(&$0) } }

  private func renew(_ id: String, _ text: String, _ state: inout State) {
    if let index = state.live.firstIndex(where: { $0.id == id }) {
      state.live[index].text = text
    } else {
      state.live.append((id, text))
    }
    if isTerminal, !text.contains("\n") {
      put("\r\u{1B}[K" + text.prefix(columns), to: .stdout)
      state.lineIsShown = true
    }
  }

  private func settle(_ state: inout State) {
    wipeLine(&state)
    for display in state.live { put(display.text + "\n", to: .stdout) }
    state.live = []
  }

  private func wipeLine(_ state: inout State) {
    if state.lineIsShown { put("\r\u{1B}[K", to: .stdout) }
    state.lineIsShown = false
  }

  private func put(_ text: String, to stream: OutputStream) {
    if stream == .stdout { self.stream.write(text) } else { writeWhole(text, to: STDERR_FILENO) }
  }
}

extension MIMEBundle {
  var plainText: String? { data["text/plain"]?.string }
}
