import Jupyter
import Synchronization

/// A cell's line, bar and button as widgets: what `CellOutput.control` gives.
final class WidgetControl: CellControl {
  /// Renewals take at most this much of the way to the subscribers, as other lines that renew themselves.
  private static let bytesPerSecond = 20_000.0
  /// Header, parent's header and signature of a message, about.
  private static let envelope = 900

  private let board: WidgetBoard
  private let models: ControlModels
  private let publish: @Sendable ([Message]) -> Void
  /// When the next renewal may leave, and whether the bar is to be seen.
  private let state = Mutex<(next: ContinuousClock.Instant?, hasBar: Bool)>((nil, false))

  init(button text: String, on board: WidgetBoard, publish: @escaping @Sendable ([Message]) -> Void) {
    (self.board, self.publish) = (board, publish)
    models = ControlModels(button: text)
    publish(board.open(models.all))
  }

  var view: [String: JSON] { models.box.view }
  var isPressed: Bool { board.isPressed(models.button.id) }

  /// What comes too soon is left out: the next one says more.
  func show(_ html: String, share: Double?) {
    let now = ContinuousClock.now
    let showsBar = state.withLock { state -> Bool? in
      if let time = state.next, now < time { return nil }
      state.next = now + .seconds(Double(html.utf8.count + 2 * Self.envelope) / Self.bytesPerSecond)
      defer { state.hasBar = state.hasBar || share != nil }
      return !state.hasBar && share != nil
    }
    guard let showsBar else { return }
    let changes = [
      board.update(models.words.id, ["value": .string(html)]),
      share.flatMap { board.update(models.bar.id, ["value": .double($0)]) },
      showsBar ? board.update(models.barLayout.id, ["visibility": "visible"]) : nil,
    ]
    publish(changes.compactMap(\.self))
  }

  func close() { publish(board.close(models.all.map(\.id))) }
}
