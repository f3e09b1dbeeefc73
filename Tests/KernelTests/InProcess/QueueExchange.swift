import Foundation
import Glibc
import Jupyter
import Kernel

/// A kernel's five channels as queues in this process: what a test sends waits here, what the kernel sends is kept in order.
///
/// All state is guarded by `state`; `bell` is readable while a message waits for the kernel.
final class QueueExchange: Exchange, @unchecked Sendable {
  private let state = NSCondition()
  private let bell = EventDescriptor()
  private var arriving: [Channel: [[WireMessage.Frame]]] = [:]
  private var sent: [(channel: Channel, frames: [WireMessage.Frame])] = []
  private var isFull = false
  /// Touched by the kernel's thread only.
  private var descriptors: [Int32] = []

  // MARK: What the kernel calls

  func listen(to descriptor: Int32) { descriptors.append(descriptor) }

  func wait(milliseconds: Int) {
    var polled = ([bell.descriptor] + descriptors).map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    poll(&polled, nfds_t(polled.count), Int32(milliseconds))
  }

  func isReadable(_ channel: Channel) -> Bool { locked { arriving[channel, default: []].isEmpty == false } }

  func receive(_ channel: Channel) -> [WireMessage.Frame]? {
    locked {
      guard let first = arriving[channel]?.first else { return nil }
      arriving[channel]?.removeFirst()
      if arriving.values.allSatisfy(\.isEmpty) { bell.lower() }
      return first
    }
  }

  func send(_ frames: [WireMessage.Frame], on channel: Channel) -> Bool {
    locked {
      if channel == .iopub, isFull { return false }
      sent.append((channel, frames))
      state.broadcast()
      return true
    }
  }

  func publishDropping(_ frames: [WireMessage.Frame]) { _ = send(frames, on: .iopub) }

  // MARK: What a test calls

  /// Has a message arrive at the kernel.
  func deliver(_ frames: [WireMessage.Frame], on channel: Channel) {
    locked {
      arriving[channel, default: []].append(frames)
      bell.raise()
    }
  }

  /// Whether the subscribers have no room.
  func setFull(_ full: Bool) { locked { isFull = full } }

  /// What `find` makes of all that was sent, as soon as it makes something; nil after a minute, which only a kernel that
  /// hangs takes.
  func sent<Found>(until find: ([(channel: Channel, frames: [WireMessage.Frame])]) -> Found?) -> Found? {
    let deadline = Date(timeIntervalSinceNow: 60)
    state.lock()
    defer { state.unlock() }
    while true {
      if let found = find(sent) { return found }
      guard state.wait(until: deadline) else { return nil }
    }
  }

  private func locked<Result>(_ body: () -> Result) -> Result {
    state.lock()
    defer { state.unlock() }
    return body()
  }
}
