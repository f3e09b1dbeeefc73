import Jupyter

/// Where a kernel's messages come from and go to: five sockets, or the queues of a test. It belongs to the I/O thread.
package protocol Exchange: AnyObject {
  /// Has `wait` end, too, when a file descriptor can be read.
  func listen(to descriptor: Int32)

  /// Waits at most so many milliseconds (negative: without end) for a message or a descriptor. A signal may end it early.
  func wait(milliseconds: Int) throws

  /// Whether the last wait has found a message on a channel.
  func isReadable(_ channel: Channel) -> Bool

  /// The next message of a channel, or nil if there is none.
  func receive(_ channel: Channel) throws -> [WireMessage.Frame]?

  /// Sends a message; false if nobody has room for it.
  @discardableResult
  func send(_ frames: [WireMessage.Frame], on channel: Channel) throws -> Bool

  /// Publishes a message, and drops it for subscribers who have no room for it.
  func publishDropping(_ frames: [WireMessage.Frame]) throws
}
