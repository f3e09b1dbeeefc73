import CPostgreSQL
import Dispatch
import Glibc
import Synchronization

/// A connection that is made on a thread of its own: libpq waits for names and servers without hearing an interrupt.
package final class DatabaseAttempt: Sendable {
  private enum State {
    case running, abandoned
    /// libpq's handle as a number: it belongs to whoever takes it.
    case done(Int)
  }

  private let address: DatabaseAddress
  private let state = Mutex(State.running)
  private let end = DispatchSemaphore(value: 0)

  private init(_ address: DatabaseAddress) { self.address = address }

  /// libpq's handle of a connection, which the caller closes by `PQfinish`. Throws a `DatabaseRefusal` if the server cannot be
  /// reached within ten seconds or refuses, and within 100 ms if `isCancelled` says so.
  package static func connection(
    to address: DatabaseAddress, isCancelled: () -> Bool
  ) throws(DatabaseRefusal) -> OpaquePointer {
    let attempt = DatabaseAttempt(address)
    // Without a thread the connection is waited for.
    let made = attempt.start() ? attempt.wait(isCancelled) : attempt.connect()
    guard let made else { throw .interrupted }
    guard let handle = OpaquePointer(bitPattern: made) else {
      throw DatabaseRefusal(state: "", message: "there is not enough memory to connect", isDisconnected: true)
    }
    guard PQstatus(handle) == CONNECTION_OK else {
      defer { PQfinish(handle) }
      throw DatabaseRefusal(state: "", message: firstLine(PQerrorMessage(handle)), isDisconnected: true)
    }
    return handle
  }

  private func connect() -> Int {
    // What the address says itself comes later and wins.
    let defaults = [
      ("application_name", "attune"), ("connect_timeout", "10"), ("keepalives_idle", "10"),
      ("keepalives_interval", "5"), ("keepalives_count", "3"), ("tcp_user_timeout", "20000"),
      ("client_encoding", "UTF8"),
    ]
    let handle = withTexts(defaults.map(\.0) + ["dbname"]) { keywords in
      withTexts(defaults.map(\.1) + [address.text]) { values in PQconnectdbParams(keywords, values, 1) }
    }
    return Int(bitPattern: handle)
  }

  /// The handle once there is one; nil if cancelled before.
  private func wait(_ isCancelled: () -> Bool) -> Int? {
    let begun = ContinuousClock.now
    while end.wait(timeout: .now() + .milliseconds(10)) == .timedOut {
      guard isCancelled(), ContinuousClock.now - begun > Self.grace else { continue }
      let isAbandoned = state.withLock { state in
        guard case .running = state else { return false }
        state = .abandoned
        return true
      }
      if isAbandoned { return nil }
    }
    return state.withLock { if case .done(let handle) = $0 { handle } else { nil } }
  }

  /// So long an attempt may take even if cancelled: what an interrupted search has to write down is written by a server that
  /// answers.
  static let grace = Duration.milliseconds(80)

  /// Returns false if the system has no thread.
  private func start() -> Bool {
    let retained = Unmanaged.passRetained(self)
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { context in
        if let context { Unmanaged<DatabaseAttempt>.fromOpaque(context).takeRetainedValue().run() }
        return nil
      }, retained.toOpaque())
    if status == 0 { pthread_detach(thread) } else { retained.release() }
    return status == 0
  }

  private func run() {
    let handle = connect()
    let isLate = state.withLock { state in
      if case .abandoned = state { return true }
      state = .done(handle)
      return false
    }
    if isLate { PQfinish(OpaquePointer(bitPattern: handle)) } else { end.signal() }
  }
}
