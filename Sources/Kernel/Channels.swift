import Glibc
import Jupyter
import ZeroMQ

/// The five bound sockets of a kernel. They belong to the I/O thread.
final class Channels: Exchange {
  private let context: Context
  private let shell: Socket
  private let control: Socket
  private let stdin: Socket
  private let iopub: Socket
  private let heartbeat: Socket
  /// Where the sockets ended up listening, ports of 0 replaced.
  let ports: [Channel: Int]
  /// Its first places are the channels in the order of `Channel.allCases`.
  private var poller = Poller()

  /// A frame longer than this ends its sender's connection; it bounds the time a single message can take.
  private static let maximumFrame: Int64 = 16 << 20
  private static let maximumSmallFrame: Int64 = 64 << 10

  init(binding connection: Connection) throws {
    let context = try Context()
    var ports: [Channel: Int] = [:]
    let shell = try Self.bound(.router, .shell, connection, in: context, &ports)
    let control = try Self.bound(.router, .control, connection, in: context, &ports)
    let stdin = try Self.bound(.router, .stdin, connection, in: context, &ports)
    let iopub = try Self.bound(.publisher, .iopub, connection, in: context, &ports)
    let heartbeat = try Self.bound(.router, .heartbeat, connection, in: context, &ports)
    self.context = context
    self.shell = shell
    self.control = control
    self.stdin = stdin
    self.iopub = iopub
    self.heartbeat = heartbeat
    self.ports = ports
    for channel in Channel.allCases { poller.add(self[channel]) }
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
    // No bound on replies that wait for a slow reader: beyond a bound libzmq drops, and a client waits forever.
    try socket.set(.sendHighWaterMark(0))
    switch channel {
    case .shell, .control, .stdin:
      try socket.set(.handover(true))
      try socket.set(.maximumMessageSize(maximumFrame))
    case .heartbeat: try socket.set(.maximumMessageSize(maximumSmallFrame))
    case .iopub:
      try socket.set(.verbose(true))
      try socket.set(.sendHighWaterMark(Outbox.heldMessages))
      try socket.set(.refusesWhenFull(true))
      try socket.set(.maximumMessageSize(maximumSmallFrame))
    }
    if let curve { try socket.set(.curveServer(secretKey: curve.secretKey)) }
  }

  /// A socket that listens. Its files, if it has any, are its owner's alone.
  private static func bound(
    _ kind: Socket.Kind, _ channel: Channel, _ connection: Connection, in context: Context,
    _ ports: inout [Channel: Int]
  ) throws -> Socket {
    let socket = try Socket(kind, in: context)
    try prepare(socket, for: channel, curve: connection.curve)
    var connection = connection
    if connection.transport == .tcp {
      let address = BindAddress(connection.address)
      connection.address = address.text
      try socket.set(.ipv6(address.isIPv6))
    }
    let wanted = connection.ports[channel] ?? 0
    if connection.transport == .ipc, wanted == 0 {
      // An ipc "port" of 0 becomes the first number without a file.
      connection.ports[channel] = (1...65535).first { !fileExists("\(connection.address)-\($0)") }
    }
    let mask = umask(0o077)
    defer { umask(mask) }
    try socket.bind(connection.endpoint(of: channel))
    let port = connection.transport == .tcp ? socket.lastEndpoint.split(separator: ":").last.flatMap { Int($0) } : nil
    ports[channel] = port ?? connection.ports[channel] ?? wanted
    return socket
  }

  func listen(to descriptor: Int32) { poller.add(descriptor: descriptor) }

  func wait(milliseconds: Int) throws { try poller.wait(milliseconds: milliseconds) }

  func isReadable(_ channel: Channel) -> Bool { poller.isReadable(Channel.allCases.firstIndex(of: channel)!) }

  func receive(_ channel: Channel) throws -> [WireMessage.Frame]? { try self[channel].receive() }

  func send(_ frames: [WireMessage.Frame], on channel: Channel) throws -> Bool { try self[channel].send(frames) }

  func publishDropping(_ frames: [WireMessage.Frame]) throws {
    try iopub.set(.refusesWhenFull(false))
    try iopub.send(frames)
    try iopub.set(.refusesWhenFull(true))
  }
}
