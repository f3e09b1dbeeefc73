import Drawing
import Jupyter
import Synchronization

/// How progress is shown.
package enum ProgressMode: String, Sendable, CaseIterable {
  /// Chosen by who asks: a notebook front end, a console, or a program.
  case auto
  /// Displays that renew themselves.
  case rich
  /// One line that renews itself by carriage return.
  case text
  /// Final results only; outputs compare equal run after run.
  case none

  /// What `auto` means for a cell: a request that names its cell comes from a notebook front end, which honours display
  /// updates; else one that allows input is a console; else only final results are shown.
  func resolved(for cell: Cell) -> ProgressMode {
    guard self == .auto else { return self }
    if cell.metadata["cellId"] != nil { return .rich }
    return cell.allowsInput ? .text : .none
  }
}

/// One state of a running command: a line with a bar, and the plot that grows.
package struct LiveFrame {
  package var progress: Progress
  package var picture: Picture?
  /// Under the line, where displays renew themselves.
  package var table: Table?
}

/// The running command's one line and growing plot, renewed at most ten times a second; at its end they become the
/// result's table and plot, and no trace of the bar is left.
package final class LiveView: Sendable {
  private struct State {
    var hasBegun = false
    var hasPlot = false
    var pace = FramePace()
    var width = 0
  }

  private let mode: ProgressMode
  private let output: any CellOutput
  private let lineID: String
  private let plotID: String
  private let endsLive: Bool
  private let isPlain: Bool
  private let state = Mutex(State())

  /// `mode` is resolved; `name` makes the display ids and must be unique in the kernel's life. `endsLive`: whether the last plot
  /// answers to the pointer; `isPlain`: whether it is only described.
  package init(mode: ProgressMode, output: any CellOutput, name: String, endsLive: Bool = false, isPlain: Bool = false)
  {
    (self.endsLive, self.isPlain) = (endsLive, isPlain)
    self.mode = mode
    self.output = output
    lineID = name + "-line"
    plotID = name + "-plot"
  }

  /// Shows the state if the last one has stood for a tenth of a second, and longer where frames cost much. The frame is only made
  /// when it is shown.
  package func show(_ frame: () -> LiveFrame) {
    guard mode == .rich || mode == .text else { return }
    state.withLock { state in
      let now = ContinuousClock.now
      guard state.pace.isDue(at: now) else { return }
      let begun = FramePace.workOfThisThread()
      let frame = frame()
      state.pace.made(at: now, costing: FramePace.workOfThisThread() - begun)
      mode == .text ? write(frame.progress.text(width: output.columns), &state) : display(frame, &state)
    }
  }

  /// Ends the view with what stays in the notebook.
  package func finish(table: Table?, picture: Picture?) {
    state.withLock { state in
      if mode == .text && state.width > 0 {
        output.write("\r" + String(repeating: " ", count: state.width) + "\r", to: .stdout)
      }
      settle(table.map(MIMEBundle.init(table:)), id: lineID, wasShown: state.hasBegun)
      settle(
        picture.map { isPlain ? MIMEBundle(text: $0.words) : MIMEBundle(picture: $0, isLive: endsLive) }, id: plotID,
        wasShown: state.hasPlot)
    }
  }

  private func settle(_ bundle: MIMEBundle?, id: String, wasShown: Bool) {
    if wasShown {
      output.update(bundle ?? MIMEBundle(["text/plain": "", "text/html": ""]), id: id)
    } else if let bundle {
      output.display(bundle, id: mode == .rich ? id : nil)
    }
  }

  private func write(_ line: String, _ state: inout State) {
    let width = line.unicodeScalars.count
    let padding = String(repeating: " ", count: max(0, state.width - width))
    output.write("\r" + line + padding, to: .stdout)
    state.width = width
  }

  private func display(_ frame: LiveFrame, _ state: inout State) {
    let line = MIMEBundle([
      "text/plain": .string(frame.progress.text() + (frame.table.map { "\n" + $0.text() } ?? "")),
      "text/html": .string(frame.progress.html + (frame.table?.html() ?? "")),
    ])
    state.hasBegun ? output.update(line, id: lineID) : output.display(line, id: lineID)
    state.hasBegun = true
    guard let picture = frame.picture else { return }
    let bundle = MIMEBundle(picture: picture)
    state.hasPlot ? output.update(bundle, id: plotID) : output.display(bundle, id: plotID)
    state.hasPlot = true
  }
}
