/// Opens a channel between a front end's widget and the kernel.
package struct CommOpen: Sendable {
  package var id: String
  package var target: String
  package init(_ fields: Fields) throws(MalformedContent) {
    id = try fields.string("comm_id")
    target = try fields.string("target_name", default: "")
  }
}

/// What a front end says through such a channel.
package struct CommMessage: Sendable {
  package var id: String
  package var data: JSON
  package init(_ fields: Fields) throws(MalformedContent) {
    id = try fields.string("comm_id")
    data = fields.json["data"] ?? [:]
  }
}

extension Message {
  /// `version` is the widget protocol's, where the comm is a widget's model.
  package static func commOpen(_ id: String, target: String, data: JSON, version: String) -> Message {
    Message(
      "comm_open", ["comm_id": .string(id), "target_name": .string(target), "data": data],
      metadata: ["version": .string(version)])
  }

  package static func comm(_ id: String, data: JSON) -> Message {
    Message("comm_msg", ["comm_id": .string(id), "data": data])
  }

  package static func commClose(_ id: String) -> Message {
    Message("comm_close", ["comm_id": .string(id), "data": [:]])
  }

  /// `comms`: the open ones, with their targets.
  package static func commInfoReply(_ comms: [String: String]) -> Message {
    let fields = comms.mapValues { JSON.object(["target_name": .string($0)]) }
    return Message("comm_info_reply", ["status": "ok", "comms": .object(fields)])
  }
}
