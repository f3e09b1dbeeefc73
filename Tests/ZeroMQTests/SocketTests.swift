import Testing
import ZeroMQ

@Suite struct SocketTests {
  /// Waits until something can be read; the test fails after ten seconds without it.
  private func arrival(at socket: borrowing Socket) throws -> [Socket.Frame] {
    var poller = Poller()
    poller.add(socket)
    try poller.wait(milliseconds: 10_000)
    #expect(poller.isReadable(0))
    return try socket.receive() ?? []
  }

  @Test(arguments: [[[]], [[1, 2]], [[1], [], [3]], [[UInt8](repeating: 7, count: 1 << 20)]] as [[[UInt8]]])
  func `A message arrives as it was sent`(frames: [[UInt8]]) throws {
    let context = try Context()
    let router = try Socket(.router, in: context)
    try router.bind("tcp://127.0.0.1:*")
    let dealer = try Socket(.dealer, in: context)
    try dealer.set(.identity([9]))
    try dealer.set(.linger(0))
    try dealer.connect(router.lastEndpoint)
    let hasLeft = try dealer.send(frames)
    #expect(hasLeft)
    let request = try arrival(at: router)
    #expect(request == [[9]] + frames)
    try router.send(request)
    let reply = try arrival(at: dealer)
    #expect(reply == frames)
  }

  @Test func `Nothing to read is nil`() throws {
    let router = try Socket(.router, in: Context())
    try router.bind("tcp://127.0.0.1:*")
    let nothing = try router.receive()
    #expect(nothing == nil)
  }

  @Test func `A message of too many frames comes empty, the next one whole`() throws {
    let context = try Context()
    let router = try Socket(.router, in: context)
    try router.bind("tcp://127.0.0.1:*")
    let dealer = try Socket(.dealer, in: context)
    try dealer.set(.linger(0))
    try dealer.connect(router.lastEndpoint)
    try dealer.send([[UInt8]](repeating: [1], count: Socket.maximumFrames + 1))
    try dealer.send([[2]])
    let tooMany = try arrival(at: router)
    #expect(tooMany == [])
    let next = try arrival(at: router)
    #expect(next.last == [2])
  }

  @Test func `An unknown peer's message goes nowhere and breaks nothing`() throws {
    let router = try Socket(.router, in: Context())
    try router.bind("tcp://127.0.0.1:*")
    let hasLeft = try router.send([[1, 2, 3], [4]])
    #expect(hasLeft)
  }

  @Test func `A port that is taken is an error that names it`() throws {
    let context = try Context()
    let first = try Socket(.router, in: context)
    try first.bind("tcp://127.0.0.1:*")
    let endpoint = first.lastEndpoint
    let second = try Socket(.router, in: context)
    do throws(ZeroMQError) {
      try second.bind(endpoint)
      Issue.record("bound twice")
    } catch {
      #expect(error.description.contains(endpoint))
    }
  }
}
