import Glibc
import Jupyter
import Synchronization

/// Keeps what a cell shows, in order.
final class RecordingOutput: CellOutput {
  enum Event: Sendable, Equatable {
    case stream(String, OutputStream)
    case display(MIMEBundle, id: String?)
    case update(MIMEBundle, id: String)
    case clear(wait: Bool)
  }

  private let recorded = Mutex<[Event]>([])
  private let reaction: @Sendable (Event) -> Void

  /// `reaction` is called on the cell's own thread while the cell runs.
  init(_ reaction: @escaping @Sendable (Event) -> Void = { _ in }) { self.reaction = reaction }

  /// An output that takes its time over the first events, longer than a live view stands, dear as it may be: renewals come although the
  /// training itself may be done sooner than the first would be due.
  static func slow(first count: Int = 4, _ reaction: @escaping @Sendable (Event) -> Void = { _ in }) -> RecordingOutput
  {
    let seen = Atomic(0)
    return RecordingOutput { event in
      if seen.add(1, ordering: .relaxed).newValue <= count { usleep(400_000) }
      reaction(event)
    }
  }

  var events: [Event] { recorded.withLock { $0 } }

  /// Every text that was shown, in whatever form.
  var texts: [String] {
    events.flatMap { event -> [String] in
      switch event {
      case .stream(let text, _): [text]
      case .display(let bundle, _), .update(let bundle, _): bundle.data.values.compactMap(\.string)
      case .clear: []
      }
    }
  }

  func write(_ text: String, to stream: OutputStream) { add(.stream(text, stream)) }
  func display(_ bundle: MIMEBundle, id: String?) { add(.display(bundle, id: id)) }
  func update(_ bundle: MIMEBundle, id: String) { add(.update(bundle, id: id)) }
  func clear(wait: Bool) { add(.clear(wait: wait)) }

  private func add(_ event: Event) {
    recorded.withLock { $0.append(event) }
    reaction(event)
  }
}
