/// A line that the client typed for a running cell.
package struct InputReply: Sendable {
  package var value: String
  package init(_ fields: Fields) throws(MalformedContent) { value = try fields.string("value") }
}

extension Message {
  package static func inputRequest(prompt: String, password: Bool) -> Message {
    Message("input_request", ["prompt": .string(prompt), "password": .bool(password)])
  }
}
