/// Asks whether a console should run what was typed or go on reading.
package struct IsCompleteRequest: Sendable {
  package var code: String
  package init(_ fields: Fields) throws(MalformedContent) { code = try fields.string("code") }
}

extension Message {
  package static func isCompleteReply(_ completeness: Completeness) -> Message {
    let content: JSON =
      switch completeness {
      case .complete: ["status": "complete"]
      case .incomplete(let indent): ["status": "incomplete", "indent": .string(indent)]
      case .invalid: ["status": "invalid"]
      case .unknown: ["status": "unknown"]
      }
    return Message("is_complete_reply", content)
  }
}
