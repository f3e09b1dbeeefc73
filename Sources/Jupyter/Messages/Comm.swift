/// Opens, or writes to, a channel between a front end's widget and the kernel. Attune has no targets, and says so.
package struct CommOpen: Sendable {
  package var id: String
  package init(_ fields: Fields) throws(MalformedContent) { id = try fields.string("comm_id") }
}

extension Message {
  package static func commClose(_ id: String) -> Message {
    Message("comm_close", ["comm_id": .string(id), "data": [:]])
  }

  package static func commInfoReply() -> Message { Message("comm_info_reply", ["status": "ok", "comms": [:]]) }
}
