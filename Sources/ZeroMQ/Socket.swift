import CZeroMQ

/// A libzmq socket. It cannot be copied and is not sendable, so one thread owns it: libzmq's own rule.
package struct Socket: ~Copyable {
  package typealias Frame = [UInt8]

  package enum Kind: Sendable {
    case router, dealer, request, publisher, subscriber, subscribersOf

    var code: Int32 {
      switch self {
      case .router: ZMQ_ROUTER
      case .dealer: ZMQ_DEALER
      case .request: ZMQ_REQ
      case .publisher: ZMQ_XPUB
      case .subscriber: ZMQ_SUB
      case .subscribersOf: ZMQ_XSUB
      }
    }
  }

  /// A message of more frames than this is read to its end and dropped.
  package static let maximumFrames = 1024

  let pointer: UnsafeMutableRawPointer
  /// Held so that the context outlives the socket.
  private let context: Context

  package init(_ kind: Kind, in context: Context) throws(ZeroMQError) {
    guard let pointer = zmq_socket(context.pointer, kind.code) else { throw .last("zmq_socket") }
    self.pointer = pointer
    self.context = context
  }

  deinit { zmq_close(pointer) }

  package func bind(_ endpoint: String) throws(ZeroMQError) {
    guard zmq_bind(pointer, endpoint) == 0 else { throw .last("bind \(endpoint)") }
  }

  package func connect(_ endpoint: String) throws(ZeroMQError) {
    guard zmq_connect(pointer, endpoint) == 0 else { throw .last("connect \(endpoint)") }
  }

  /// Sends a message if it can leave at once; false if the peer's queue is full or there is no peer.
  @discardableResult
  package func send(_ frames: [Frame]) throws(ZeroMQError) -> Bool {
    for (index, frame) in frames.enumerated() {
      let flags = ZMQ_DONTWAIT | (index + 1 < frames.count ? ZMQ_SNDMORE : 0)
      while zmq_send(pointer, frame, frame.count, flags) < 0 {
        switch zmq_errno() {
        case EINTR: continue
        case EAGAIN, EHOSTUNREACH: return false
        default: throw .last("zmq_send")
        }
      }
    }
    return true
  }

  /// The next message that has arrived, or nil. One of too many frames comes as an empty list.
  package func receive() throws(ZeroMQError) -> [Frame]? {
    var frames: [Frame] = []
    var message = zmq_msg_t()
    zmq_msg_init(&message)
    defer { zmq_msg_close(&message) }
    var count = 0
    while true {
      while zmq_msg_recv(&message, pointer, ZMQ_DONTWAIT) < 0 {
        switch zmq_errno() {
        case EINTR: continue
        case EAGAIN: return nil
        default: throw .last("zmq_msg_recv")
        }
      }
      count += 1
      if count <= Self.maximumFrames {
        let bytes = UnsafeRawBufferPointer(start: zmq_msg_data(&message), count: zmq_msg_size(&message))
        frames.append(Frame(bytes))
      } else {
        frames = []
      }
      if zmq_msg_more(&message) == 0 { return frames }
    }
  }
}
