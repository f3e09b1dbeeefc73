/// Asks what could stand at a position, counted in Unicode scalars.
package struct CompleteRequest: Sendable {
  package var code: String
  package var position: Int

  package init(_ fields: Fields) throws(MalformedContent) {
    code = try fields.string("code")
    position = try fields.position(in: code)
  }
}

extension Fields {
  /// `cursor_pos`, clamped to the text: front ends send positions past its end. Absent, it is the end.
  func position(in code: String) throws(MalformedContent) -> Int {
    let length = code.unicodeScalars.count
    return min(max(try int("cursor_pos", default: length), 0), length)
  }
}

extension Message {
  package static func completeReply(_ completion: Completion) -> Message {
    let types = completion.matches.map { match -> JSON in
      [
        "start": .int(completion.start), "end": .int(completion.end), "text": .string(match.text),
        "type": .string(match.type), "signature": .string(match.signature),
      ]
    }
    return Message(
      "complete_reply",
      [
        "status": "ok", "matches": .array(completion.matches.map { .string($0.text) }),
        "cursor_start": .int(completion.start), "cursor_end": .int(completion.end),
        "metadata": ["_jupyter_types_experimental": .array(types)],
      ])
  }
}
