import CSodium

/// The keyed digests that a connection file may ask for. MD5, which the schema also names, is refused.
package enum SignatureScheme: String, CaseIterable, Sendable {
  case sha256 = "hmac-sha256"
  case sha512 = "hmac-sha512"
}

/// Signs messages and checks signatures with the connection's key (HMAC of RFC 2104, by libsodium).
///
/// A signature is the lower-case hex of the digest over header, parent header, metadata and content; buffers are not
/// signed. With an empty key nothing is signed and everything is believed, as the protocol has it.
package struct Authenticator: Sendable {
  /// The digest's state after the key, copied for each message so that the key is scheduled once.
  private enum Keyed: Sendable {
    case open
    case sha256(crypto_auth_hmacsha256_state)
    case sha512(crypto_auth_hmacsha512_state)
  }
  private let keyed: Keyed

  package init(scheme: SignatureScheme, key: [UInt8]) {
    guard !key.isEmpty else {
      keyed = .open
      return
    }
    switch scheme {
    case .sha256:
      var state = crypto_auth_hmacsha256_state()
      crypto_auth_hmacsha256_init(&state, key, key.count)
      keyed = .sha256(state)
    case .sha512:
      var state = crypto_auth_hmacsha512_state()
      crypto_auth_hmacsha512_init(&state, key, key.count)
      keyed = .sha512(state)
    }
  }

  package var isOpen: Bool { if case .open = keyed { true } else { false } }

  package func signature(of parts: [UInt8]...) -> [UInt8] { signature(of: parts) }

  private func signature(of parts: [[UInt8]]) -> [UInt8] {
    switch keyed {
    case .open: return []
    case .sha256(var state):
      for part in parts { crypto_auth_hmacsha256_update(&state, part, UInt64(part.count)) }
      var digest = [UInt8](repeating: 0, count: Int(crypto_auth_hmacsha256_BYTES))
      crypto_auth_hmacsha256_final(&state, &digest)
      return Self.hexadecimal(digest)
    case .sha512(var state):
      for part in parts { crypto_auth_hmacsha512_update(&state, part, UInt64(part.count)) }
      var digest = [UInt8](repeating: 0, count: Int(crypto_auth_hmacsha512_BYTES))
      crypto_auth_hmacsha512_final(&state, &digest)
      return Self.hexadecimal(digest)
    }
  }

  /// Whether the message was signed with our key. The time it takes does not depend on where two signatures differ.
  package func accepts(_ message: WireMessage) -> Bool {
    let expected = signature(of: [message.header, message.parentHeader, message.metadata, message.content])
    if isOpen { return true }
    return expected.count == message.signature.count && sodium_memcmp(expected, message.signature, expected.count) == 0
  }

  private static func hexadecimal(_ digest: [UInt8]) -> [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(digest.count * 2)
    for byte in digest {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return text
  }
}
