extension Message {
  /// The Debug Adapter Protocol's way to say no: there is nothing to step through in a command language.
  package static func debugReply(refusing request: Fields) -> Message {
    let command = request.json["command"]?.string ?? ""
    let reason = "Attune has no debugger"
    return Message(
      "debug_reply",
      [
        "type": "response", "request_seq": request.json["seq"] ?? 0, "success": false, "command": .string(command),
        "message": .string(reason), "seq": 1, "body": [:], "status": "error", "ename": "Unsupported",
        "evalue": .string(reason), "traceback": [],
      ])
  }
}
