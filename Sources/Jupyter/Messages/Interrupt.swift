extension Message {
  package static func interruptReply() -> Message { Message("interrupt_reply", ["status": "ok"]) }
}
