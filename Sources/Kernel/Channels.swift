import Jupyter
import ZeroMQ

/// The five bound sockets of a kernel. They belong to the I/O thread.
struct Channels: ~Copyable {
  private let context: Context
  private let shell: Socket
  private let control: Socket
  private let stdin: Socket
  private let iopub: Socket
  private let heartbeat: Socket
  /// Where the sockets ended up listening, ports of 0 replaced.
  private(set) var ports: [Channel: Int] = [:]

  /// A frame longer than this ends its sender's connection; it bounds the time a single message can take.
  private static let maximumFrame: Int64 = 16 << 20
  private static let maximumSmallFrame: Int64 = 64 << 10

  init(binding connection: Connection) throws {
    context = try Context()
    shell = try Socket(.router, in: context)
    control = try Socket(.router, in: context)
    stdin = try Socket(.router, in: context)
    iopub = try Socket(.publisher, in: context)
    heartbeat = try Socket(.router, in: context)
    for channel in Channel.allCases {
      try Self.prepare(self[channel], for: channel, curve: connection.curve)
      ports[channel] = try Self.bind(self[channel], channel, connection)
    }
  }

  private subscript(channel: Channel) -> Socket {
    _read {
      switch channel {
      case .shell: yield shell
      case .control: yield control
      case .stdin: yield stdin
      case .iopub: yield iopub
      case .heartbeat: yield heartbeat
      }
    }
  }

  private static func prepare(_ socket: borrowing Socket, for channel: Channel, curve: CurveKeys?) throws {
    // A second for what is left when the kernel ends: the shutdown reply must leave before the process does.
    try socket.set(.linger(1000))
    // No bound on what waits for a slow reader: beyond a bound libzmq drops, and a client waits forever for an idle.
    try socket.set(.sendHighWaterMark(0))
    switch channel {
    case .shell, .control, .stdin:
      try socket.set(.handover(true))
      try socket.set(.maximumMessageSize(maximumFrame))
    case .heartbeat: try socket.set(.maximumMessageSize(maximumSmallFrame))
    case .iopub:
      try socket.set(.verbose(true))
      try socket.set(.maximumMessageSize(maximumSmallFrame))
    }
    if let curve { try socket.set(.curveServer(secretKey: curve.secretKey)) }
  }

  /// Binds and returns the port; an ipc "port" of 0 becomes the first number without a file.
  private static func bind(_ socket: borrowing Socket, _ channel: Channel, _ connection: Connection) throws -> Int {
    var connection = connection
    let wanted = connection.ports[channel] ?? 0
    switch connection.transport {
    case .tcp:
      try socket.bind(connection.endpoint(of: channel))
      let port = socket.lastEndpoint.split(separator: ":").last.flatMap { Int($0) }
      return port ?? wanted
    case .ipc:
      if wanted == 0 {
        connection.ports[channel] = (1...65535).first { !fileExists("\(connection.address)-\($0)") }
      }
      try socket.bind(connection.endpoint(of: channel))
      return connection.ports[channel] ?? wanted
    }
  }

  /// A poller whose first places are the channels in the order of `Channel.allCases`.
  func poller() -> Poller {
    var poller = Poller()
    for channel in Channel.allCases { poller.add(self[channel]) }
    return poller
  }

  func receive(_ channel: Channel) throws(ZeroMQError) -> [Socket.Frame]? { try self[channel].receive() }

  @discardableResult
  func send(_ frames: [Socket.Frame], on channel: Channel) throws(ZeroMQError) -> Bool {
    try self[channel].send(frames)
  }
}
