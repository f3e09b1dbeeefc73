import CZeroMQ

/// Waits until a socket or a file descriptor can be read. Readiness is a level, not an edge: what is left unread is
/// reported again.
package struct Poller {
  private var items: [zmq_pollitem_t] = []

  package init() {}

  /// Adds a socket, which must outlive the poller; its place is the number of things added before.
  package mutating func add(_ socket: borrowing Socket) {
    items.append(zmq_pollitem_t(socket: socket.pointer, fd: 0, events: Int16(ZMQ_POLLIN), revents: 0))
  }

  package mutating func add(descriptor: Int32) {
    items.append(zmq_pollitem_t(socket: nil, fd: descriptor, events: Int16(ZMQ_POLLIN), revents: 0))
  }

  /// Waits at most so many milliseconds (negative: without end). A signal may end the wait early.
  package mutating func wait(milliseconds: Int) throws(ZeroMQError) {
    for index in items.indices { items[index].revents = 0 }
    guard zmq_poll(&items, Int32(items.count), milliseconds) >= 0 || zmq_errno() == EINTR else {
      throw .last("zmq_poll")
    }
  }

  package func isReadable(_ place: Int) -> Bool { items[place].revents & Int16(ZMQ_POLLIN) != 0 }
}
