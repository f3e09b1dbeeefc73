import Jupyter
import Testing

@Suite struct WireTests {
  private static let delimiter = Array("<IDS|MSG>".utf8)
  private let authenticator = Authenticator(scheme: .sha256, key: Array("key".utf8))

  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test func `Frames are taken apart at the delimiter`() throws {
    let parts = ["sig", "{}", "{}", "{}", "{}", "buffer"].map(bytes)
    let message = try #require(WireMessage(frames: [bytes("one"), bytes("two"), Self.delimiter] + parts))
    #expect(message.identities == [bytes("one"), bytes("two")])
    #expect(message.signature == bytes("sig"))
    #expect(message.buffers == [bytes("buffer")])
    #expect(message.frames == [bytes("one"), bytes("two"), Self.delimiter] + parts)
  }

  @Test(arguments: 0..<6)
  func `Too few frames are no message`(count: Int) {
    let frames = [Self.delimiter] + [[UInt8]](repeating: [], count: count)
    #expect((WireMessage(frames: frames) != nil) == (count == 5))
    #expect(WireMessage(frames: Array(frames.dropFirst())) == nil)
  }

  @Test func `A reply carries the request's header byte for byte`() throws {
    // An unusual order of keys, a field that nobody knows, an escape that could be written otherwise.
    let header = #"{ "zeta": 1, "msg_type":"x_request",  "msg_id": "\u0061", "subshell_id": "s" }"#
    let request = try #require(RequestHeader(bytes(header)))
    #expect(request.messageID == "a")
    #expect(request.subshellID == "s")
    let composer = Composer(authenticator: authenticator)
    let frames = composer.frames(.status(.busy), answering: request, to: [bytes("topic")])
    let message = try #require(WireMessage(frames: frames))
    #expect(message.parentHeader == bytes(header))
    #expect(message.identities == [bytes("topic")])
    #expect(authenticator.accepts(message))
  }

  @Test func `Headers have every required field, and ids are unique`() throws {
    let composer = Composer(authenticator: authenticator)
    var seen: Set<String> = []
    for _ in 0..<100 {
      let message = try #require(WireMessage(frames: composer.frames(.status(.idle), answering: nil)))
      let header = try JSON(parsing: message.header)
      for field in ["msg_id", "msg_type", "session", "username", "date", "version"] {
        #expect(header[field]?.string?.isEmpty == false)
      }
      #expect(header["session"]?.string == composer.session)
      #expect(seen.insert(header["msg_id"]!.string!).inserted)
      #expect(message.parentHeader == bytes("{}"))
    }
  }

  @Test func `A publication's topic tells its stream`() {
    let composer = Composer(authenticator: authenticator)
    let frames = composer.publication(.stream("x", to: .stderr), answering: nil)
    #expect(frames[0] == bytes("kernel.\(composer.session).stream.stderr"))
  }

  private func received(_ header: String, _ parent: String, _ metadata: String, _ content: String) -> Request? {
    let parts = [header, parent, metadata, content].map(bytes)
    return WireMessage(frames: [Self.delimiter, []] + parts).flatMap { Request($0, from: .shell) }
  }

  @Test(arguments: ["", "[]", "1", "{}", #"{"msg_type":"x"}"#, #"{"msg_id":"x"}"#, #"{"msg_type":1,"msg_id":"x"}"#])
  func `A header that does not say what it is leaves nobody to answer`(header: String) {
    #expect(received(header, "{}", "{}", "{}") == nil)
  }

  @Test(arguments: [("[]", "{}", "{}"), ("{}", "1", "{}"), ("{}", "{}", "[]"), ("{}", "{}", "{"), ("{}", "", "{}")])
  func `A good header with a bad rest is a request to be refused`(parent: String, metadata: String, content: String)
    throws
  {
    let request = try #require(received(#"{"msg_type":"x","msg_id":"y"}"#, parent, metadata, content))
    #expect(throws: MalformedContent.self) { try request.content.get() }
  }
}
