/// A message as it crosses a socket: `[identity…] <IDS|MSG> signature header parent metadata content [buffer…]`.
///
/// Nothing in it has been parsed, so a signature can be checked before any of its text is looked at.
package struct WireMessage: Sendable {
  package typealias Frame = [UInt8]

  package var identities: [Frame]
  package var signature: Frame
  package var header: Frame
  package var parentHeader: Frame
  package var metadata: Frame
  package var content: Frame
  package var buffers: [Frame]

  static let delimiter = Array("<IDS|MSG>".utf8)

  /// Finds the delimiter and takes the frames apart; nil if there is none or fewer than five frames follow it.
  package init?(frames: [Frame]) {
    guard let delimiter = frames.firstIndex(of: Self.delimiter), frames.count >= delimiter + 6 else { return nil }
    identities = Array(frames[..<delimiter])
    signature = frames[delimiter + 1]
    header = frames[delimiter + 2]
    parentHeader = frames[delimiter + 3]
    metadata = frames[delimiter + 4]
    content = frames[delimiter + 5]
    buffers = Array(frames[(delimiter + 6)...])
  }

  /// A message of our own, signed.
  package init(
    identities: [Frame], header: Frame, parentHeader: Frame, metadata: Frame, content: Frame,
    signedBy authenticator: Authenticator
  ) {
    self.identities = identities
    self.header = header
    self.parentHeader = parentHeader
    self.metadata = metadata
    self.content = content
    buffers = []
    signature = authenticator.signature(of: header, parentHeader, metadata, content)
  }

  package var frames: [Frame] {
    identities + [Self.delimiter, signature, header, parentHeader, metadata, content] + buffers
  }
}
