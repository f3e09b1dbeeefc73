import CZeroMQ

/// A libzmq context: its I/O threads and the sockets made from it. Safe from any thread, as libzmq promises.
///
/// It ends when its last socket is gone; the end waits until that socket's messages have left or its linger has passed.
package final class Context: @unchecked Sendable {
  let pointer: UnsafeMutableRawPointer

  package init() throws(ZeroMQError) {
    guard let pointer = zmq_ctx_new() else { throw .last("zmq_ctx_new") }
    self.pointer = pointer
  }

  deinit {
    while zmq_ctx_term(pointer) != 0, zmq_errno() == EINTR {}
  }
}
