import Jupyter
import Synchronization

/// Something for the I/O thread to do.
enum Mail: Sendable {
  case send(Parcel)
  /// A question that took a while: its reply and its idle status.
  case answered([Parcel])
  /// A cell's held outputs want to be looked at again.
  case timer(CellOutputs, ContinuousClock.Instant)
  /// A shell's cell is done; `closing` ends its request.
  case finished(shell: String?, hasFailed: Bool, closing: [Parcel])
}

/// A message on its way to a socket.
struct Parcel: Sendable {
  var channel: Channel
  var frames: [WireMessage.Frame]

  var size: Int { frames.reduce(0) { $0 + $1.count } }
}

/// Where other threads leave what the I/O thread shall do: first in, first out. Whatever a cell sends passes here, so
/// stream, display, result, reply and idle leave in the order in which they were made.
final class Mailbox: Sendable {
  private let mail = Mutex<[Mail]>([])
  /// Readable while there is mail.
  let event = EventDescriptor()

  /// Bytes that wait here for the I/O thread, and behind it for the subscribers.
  private let waitingHere = Atomic<Int>(0)
  let waitingBehind = Atomic<Int>(0)
  /// What may wait in all before a cell that writes more has to wait itself.
  static let room = 16 << 20

  var isFull: Bool {
    waitingHere.load(ordering: .relaxed) + waitingBehind.load(ordering: .relaxed) > Self.room
  }

  func post(_ item: Mail) {
    if case .send(let parcel) = item { waitingHere.add(parcel.size, ordering: .relaxed) }
    let wasEmpty = mail.withLock { mail in
      mail.append(item)
      return mail.count == 1
    }
    if wasEmpty { event.raise() }
  }

  /// Takes all there is.
  func collect() -> [Mail] {
    event.lower()
    let items = mail.withLock { mail in
      defer { mail = [] }
      return mail
    }
    for case .send(let parcel) in items { waitingHere.subtract(parcel.size, ordering: .relaxed) }
    return items
  }
}
