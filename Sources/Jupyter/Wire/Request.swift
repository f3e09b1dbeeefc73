/// A verified message from a client.
package struct Request: Sendable {
  package var channel: Channel
  package var identities: [WireMessage.Frame]
  package var header: RequestHeader
  package var metadata: JSON
  /// The message that this one answers, where it answers one (an `input_reply` does).
  package var parentID: String?
  /// The fields, or what is wrong with them; a handler answers for that.
  package var content: Result<Fields, MalformedContent>

  /// Reads a message whose signature has been checked; nil if its header does not even say what it is, so that there
  /// is nobody to answer.
  package init?(_ message: WireMessage, from channel: Channel) {
    guard let header = RequestHeader(message.header) else { return nil }
    self.channel = channel
    self.header = header
    identities = message.identities
    metadata = [:]
    do {
      parentID = try Self.requireObject(message.parentHeader, "parent header")["msg_id"]?.string
      metadata = try Self.requireObject(message.metadata, "metadata")
      content = .success(Fields(try Self.requireObject(message.content, "content"), of: header.messageType))
    } catch {
      content = .failure(error)
    }
  }

  private static func requireObject(_ bytes: [UInt8], _ part: String) throws(MalformedContent) -> JSON {
    let value: JSON
    do { value = try JSON(parsing: bytes) } catch {
      throw MalformedContent(message: "the \(part) is not JSON: \(error)")
    }
    guard case .object = value else { throw MalformedContent(message: "the \(part) is not a JSON object") }
    return value
  }
}

/// The header of a request. Its bytes are kept: an answer's parent header is exactly what the client sent.
package struct RequestHeader: Sendable {
  package var messageType: String
  package var messageID: String
  package var subshellID: String?
  package var bytes: [UInt8]

  package init?(_ bytes: [UInt8]) {
    guard let header = try? JSON(parsing: bytes), let messageType = header["msg_type"]?.string,
      let messageID = header["msg_id"]?.string
    else { return nil }
    self.bytes = bytes
    self.messageType = messageType
    self.messageID = messageID
    subshellID = header["subshell_id"]?.string
  }
}
