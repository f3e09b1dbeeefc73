import Jupyter
import Testing

@Suite struct AuthenticatorTests {
  /// The test cases of RFC 4231 that are texts.
  @Test(arguments: [
    (
      SignatureScheme.sha256, [UInt8](repeating: 0x0B, count: 20), "Hi There",
      "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    ),
    (
      .sha256, Array("Jefe".utf8), "what do ya want for nothing?",
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    ),
    (
      .sha512, Array("Jefe".utf8), "what do ya want for nothing?",
      "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"
    ),
  ])
  func `Signatures are those of RFC 4231`(scheme: SignatureScheme, key: [UInt8], text: String, expected: String) {
    let authenticator = Authenticator(scheme: scheme, key: key)
    #expect(authenticator.signature(of: Array(text.utf8)) == Array(expected.utf8))
    let half = text.utf8.count / 2
    #expect(
      authenticator.signature(of: Array(text.utf8.prefix(half)), Array(text.utf8.dropFirst(half)))
        == Array(expected.utf8))
  }

  private func message(signature: [UInt8]) -> WireMessage {
    WireMessage(frames: [Array("<IDS|MSG>".utf8), signature] + ["a", "b", "c", "d"].map { Array($0.utf8) })!
  }

  @Test func `Only the right signature is accepted`() {
    let authenticator = Authenticator(scheme: .sha256, key: Array("key".utf8))
    let right = authenticator.signature(of: Array("abcd".utf8))
    #expect(authenticator.accepts(message(signature: right)))
    #expect(!authenticator.accepts(message(signature: [])))
    #expect(!authenticator.accepts(message(signature: Array(right.dropLast()))))
    #expect(!authenticator.accepts(message(signature: right + [0])))
    for index in right.indices {
      var wrong = right
      wrong[index] ^= 1
      #expect(!authenticator.accepts(message(signature: wrong)))
    }
  }

  @Test func `Without a key nothing is signed and all is believed`() {
    let authenticator = Authenticator(scheme: .sha256, key: [])
    #expect(authenticator.isOpen)
    #expect(authenticator.signature(of: Array("abcd".utf8)) == [])
    #expect(authenticator.accepts(message(signature: [])))
  }
}

@Suite struct ReplayGuardTests {
  private func signatures(_ range: Range<Int>) -> [[UInt8]] {
    let authenticator = Authenticator(scheme: .sha256, key: [1])
    return range.map { authenticator.signature(of: Array("\($0)".utf8)) }
  }

  /// How many of the signatures are new.
  private func admitted(_ signatures: some Sequence<[UInt8]>, _ replays: inout ReplayGuard) -> Int {
    var count = 0
    for signature in signatures where replays.admit(signature) { count += 1 }
    return count
  }

  @Test func `A signature is admitted once`() {
    var replays = ReplayGuard()
    let first = admitted(signatures(0..<1000), &replays)
    let again = admitted(signatures(0..<1000), &replays)
    #expect(first == 1000 && again == 0)
  }

  @Test func `The last 16384 are remembered, the older ones forgotten`() {
    var replays = ReplayGuard()
    let all = signatures(0..<40_000)
    let first = admitted(all, &replays)
    let recent = admitted(all.suffix(1 << 14), &replays)
    let old = admitted(all.prefix(1000), &replays)
    #expect(first == 40_000 && recent == 0 && old == 1000)
  }

  @Test func `Without signatures nothing is a replay`() {
    var replays = ReplayGuard()
    let count = admitted([[], []], &replays)
    #expect(count == 2)
  }

  @Test func `A signature of zeros is one like any other`() {
    var replays = ReplayGuard()
    let zeros = [UInt8](repeating: UInt8(ascii: "0"), count: 64)
    let count = admitted([zeros, zeros], &replays)
    #expect(count == 1)
  }
}
