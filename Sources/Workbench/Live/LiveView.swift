import Drawing
import Jupyter
import Synchronization

extension MIMEBundle {
  /// About the bytes that it takes in a message.
  fileprivate var bytes: Int { data.values.reduce(0) { $0 + ($1.string?.utf8.count ?? 0) } }
}

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
  /// What a button beside the line says, where widgets are drawn; nil for none.
  private let button: String?
  private let isPlain: Bool
  private let state = Mutex(State())
  private let budget: LiveBudget
  /// Under a lock of its own: a study asks for the button under its own lock, and is asked for its trials while a frame is drawn.
  private let control = Mutex<(any CellControl)?>(nil)

  /// The views of a cell share a `budget`. `mode` is resolved; `name` makes the display ids and must be unique in the kernel's
  /// life. `endsLive`: whether the last plot answers to the pointer; `isPlain`: whether it is only described. `button` is the
  /// text of a button that asks for an end, such as "stop after this epoch".
  package init(
    mode: ProgressMode, output: any CellOutput, name: String, endsLive: Bool = false, budget: LiveBudget = LiveBudget(),
    button: String? = nil, isPlain: Bool = false
  ) {
    self.budget = budget
    (self.endsLive, self.isPlain) = (endsLive, isPlain)
    self.button = button
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

  /// Whether someone has pressed the button.
  package var isAskedToStop: Bool { control.withLock(\.self)?.isPressed ?? false }

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
      // Only now: its display must not show what is not there any more.
      control.withLock { control in
        control?.close()
        control = nil
      }
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
    if let control = control.withLock(\.self) {
      control.show(frame.progress.htmlWords + (frame.table?.html() ?? ""), share: frame.progress.share)
    } else {
      show(frame, &state)
    }
    guard let picture = frame.picture else { return }
    let bundle = MIMEBundle(picture: picture)
    guard state.hasPlot || budget.allows(bundle.bytes, at: .now) else { return }
    state.hasPlot ? output.update(bundle, id: plotID) : output.display(bundle, id: plotID)
    state.hasPlot = true
  }

  /// The line, with a control in its place where one can be had: a display that carries a widget is not renewed, or the widget
  /// would be made anew under the pointer.
  private func show(_ frame: LiveFrame, _ state: inout State) {
    var line = MIMEBundle([
      "text/plain": .string(frame.progress.text() + (frame.table.map { "\n" + $0.text() } ?? "")),
      "text/html": .string(frame.progress.html + (frame.table?.html() ?? "")),
    ])
    if !state.hasBegun, let button, let control = output.control(button: button) {
      control.show(frame.progress.htmlWords + (frame.table?.html() ?? ""), share: frame.progress.share)
      line.data.merge(control.view) { $1 }
      self.control.withLock { $0 = control }
    }
    state.hasBegun ? output.update(line, id: lineID) : output.display(line, id: lineID)
    state.hasBegun = true
  }
}
