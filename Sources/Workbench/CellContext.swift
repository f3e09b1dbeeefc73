import Drawing
import Jupyter
import Language
import Studies
import Synchronization
import Vocabulary

/// What a running statement works with: the session, the cell's outputs, its interruption.
package final class CellContext: Sendable {
  package let cell: Cell
  package let output: any CellOutput
  package let store: SessionStore
  package let progress: ProgressMode
  private let plain: PlainOutput
  private let state = Mutex(State())
  private let budget = LiveBudget()

  private struct State {
    var payloads: [Payload] = []
    var views = 0
    var result: MIMEBundle?
  }

  package init(cell: Cell, output: any CellOutput, store: SessionStore) {
    self.cell = cell
    let base: any CellOutput = cell.isSilent ? NoOutput() : output
    plain = PlainOutput(base: base) { store.current.settings.output == .plain }
    self.output = CleanOutput(base: plain)
    self.store = store
    progress = store.current.settings.progress.resolved(for: cell)
  }

  package var session: Session { store.current }

  package var threads: Int { session.settings.threads ?? Machine.cores }

  /// For loops that take a closure.
  package var isCancelled: @Sendable () -> Bool {
    let interruption = cell.interruption
    return { interruption.isRaised }
  }

  // MARK: Outputs

  package func show(_ table: Table, unless quiet: Bool = false) {
    if !quiet { output.display(MIMEBundle(table: table), id: nil) }
  }

  package func show(_ picture: Picture, unless quiet: Bool = false) {
    if quiet { return }
    if isPlain { return output.display(MIMEBundle(text: picture.words), id: nil) }
    output.display(MIMEBundle(picture: picture, isLive: session.settings.plots == .live), id: nil)
  }

  /// Whether only text is shown, and little of it.
  package var isPlain: Bool { session.settings.output == .plain }

  /// A result as the session shows results.
  func reduced(_ bundle: MIMEBundle) -> MIMEBundle {
    if !isPlain { return bundle }
    return plain.reduced(bundle) ?? MIMEBundle(text: "")
  }

  /// What a decision about a study needs, if little is shown: the table that follows may lose its middle.
  func printDecision(_ study: Study, unless quiet: Bool) {
    if isPlain, !quiet { print(Explanation(study).text) }
  }

  /// A line to standard output.
  package func print(_ line: String) { output.write(line + "\n", to: .stdout) }

  package func page(_ bundle: MIMEBundle) {
    let reduced = reduced(bundle.cleaned)
    state.withLock { $0.payloads.append(.page(reduced)) }
  }
  package func add(_ payload: Payload) { state.withLock { $0.payloads.append(payload) } }
  package var payloads: [Payload] { state.withLock { $0.payloads } }

  /// A command's single value: the cell's result if the command stands last.
  package func give(_ result: MIMEBundle) { state.withLock { $0.result = result } }

  func takeResult() -> MIMEBundle? {
    state.withLock { state in
      defer { state.result = nil }
      return state.result
    }
  }

  /// The live view of a command that takes a while. A quiet statement shows none.
  /// `button`: what a button says that asks it to stop.
  package func liveView(quiet: Bool, button: String? = nil) -> LiveView {
    let index = state.withLock { state in
      state.views += 1
      return state.views
    }
    let name = "attune-\(DisplayNames.process)-\(cell.executionCount)-\(cell.subshell ?? "")-\(index)"
    return LiveView(
      mode: quiet || isPlain ? .none : progress, output: output, name: name, endsLive: session.settings.plots == .live,
      budget: budget, button: button, isPlain: isPlain)
  }
}

/// A silent cell publishes nothing.
private struct NoOutput: CellOutput {
  func write(_ text: String, to stream: OutputStream) {}
  func display(_ bundle: MIMEBundle, id: String?) {}
  func update(_ bundle: MIMEBundle, id: String) {}
  func clear(wait: Bool) {}
}

/// Display ids must differ between kernel processes, because a notebook keeps the displays of earlier ones.
private enum DisplayNames {
  static let process = String(UInt64.random(in: 0...UInt64.max), radix: 36)
}
