extension Message {
  /// The ports of the five sockets (deprecated, still asked for by some).
  package static func connectReply(_ connection: Connection) -> Message {
    var fields: [String: JSON] = ["status": "ok"]
    for channel in Channel.allCases { fields[channel.portField] = .int(connection.ports[channel] ?? 0) }
    return Message("connect_reply", .object(fields))
  }
}
