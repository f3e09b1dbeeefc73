import CZeroMQ

extension Socket {
  /// Options as libzmq names them. Those that shape the connection take effect on the next `bind` or `connect`.
  package enum Option: Sendable {
    /// How long a closed socket tries to hand over what is left, in milliseconds.
    case linger(Int32)
    /// Messages queued for a peer before more are refused; 0 is no bound.
    case sendHighWaterMark(Int32)
    case receiveHighWaterMark(Int32)
    /// A larger frame ends its sender's connection.
    case maximumMessageSize(Int64)
    /// A peer that comes again under its old identity takes the place of its former connection.
    case handover(Bool)
    /// Every subscription is reported, also to a topic that is subscribed already.
    case verbose(Bool)
    /// Whether addresses of IPv6 are understood.
    case ipv6(Bool)
    /// Whether a publisher refuses a message that a subscriber has no room for; else it drops it for that one.
    case refusesWhenFull(Bool)
    case identity([UInt8])
    case subscribe([UInt8])
    /// The pause before a lost connection is tried again, in milliseconds.
    case reconnectInterval(Int32)
    case curveServer(secretKey: String)
    case curveClient(serverKey: String, publicKey: String, secretKey: String)
  }

  package func set(_ option: Option) throws(ZeroMQError) {
    switch option {
    case .linger(let value): try set(ZMQ_LINGER, value)
    case .sendHighWaterMark(let value): try set(ZMQ_SNDHWM, value)
    case .receiveHighWaterMark(let value): try set(ZMQ_RCVHWM, value)
    case .maximumMessageSize(let value): try set(ZMQ_MAXMSGSIZE, value)
    case .handover(let value): try set(ZMQ_ROUTER_HANDOVER, Int32(value ? 1 : 0))
    case .verbose(let value): try set(ZMQ_XPUB_VERBOSE, Int32(value ? 1 : 0))
    case .ipv6(let value): try set(ZMQ_IPV6, Int32(value ? 1 : 0))
    case .refusesWhenFull(let value): try set(ZMQ_XPUB_NODROP, Int32(value ? 1 : 0))
    case .identity(let bytes): try set(ZMQ_ROUTING_ID, bytes)
    case .subscribe(let bytes): try set(ZMQ_SUBSCRIBE, bytes)
    case .reconnectInterval(let value): try set(ZMQ_RECONNECT_IVL, value)
    case .curveServer(let secretKey):
      try set(ZMQ_CURVE_SERVER, Int32(1))
      try set(ZMQ_CURVE_SECRETKEY, Array(secretKey.utf8))
    case .curveClient(let serverKey, let publicKey, let secretKey):
      try set(ZMQ_CURVE_SERVERKEY, Array(serverKey.utf8))
      try set(ZMQ_CURVE_PUBLICKEY, Array(publicKey.utf8))
      try set(ZMQ_CURVE_SECRETKEY, Array(secretKey.utf8))
    }
  }

  private func set<Value: BitwiseCopyable>(_ option: Int32, _ value: Value) throws(ZeroMQError) {
    var value = value
    guard zmq_setsockopt(pointer, option, &value, MemoryLayout<Value>.size) == 0 else { throw .last("zmq_setsockopt") }
  }

  private func set(_ option: Int32, _ bytes: [UInt8]) throws(ZeroMQError) {
    guard zmq_setsockopt(pointer, option, bytes, bytes.count) == 0 else { throw .last("zmq_setsockopt") }
  }

  /// The endpoint last bound, with the port that the system chose.
  package var lastEndpoint: String {
    var bytes = [CChar](repeating: 0, count: 1024)
    var size = bytes.count
    guard zmq_getsockopt(pointer, ZMQ_LAST_ENDPOINT, &bytes, &size) == 0 else { return "" }
    return String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
