/// Asks the kernel to end; `restart` tells only what the client does next.
package struct ShutdownRequest: Sendable {
  package var restart: Bool
  package init(_ fields: Fields) throws(MalformedContent) { restart = try fields.bool("restart", default: false) }
}

extension Message {
  package static func shutdownReply(restart: Bool) -> Message {
    Message("shutdown_reply", ["status": "ok", "restart": .bool(restart)])
  }
}
