/// Ends a subshell (Jupyter enhancement proposal 91).
package struct DeleteSubshellRequest: Sendable {
  package var id: String
  package init(_ fields: Fields) throws(MalformedContent) { id = try fields.string("subshell_id") }
}

extension Message {
  package static func createSubshellReply(_ id: String) -> Message {
    Message("create_subshell_reply", ["status": "ok", "subshell_id": .string(id)])
  }

  package static func deleteSubshellReply() -> Message { Message("delete_subshell_reply", ["status": "ok"]) }

  /// The subshells there are, the parent shell not among them.
  package static func listSubshellReply(_ ids: [String]) -> Message {
    Message("list_subshell_reply", ["status": "ok", "subshell_id": .array(ids.map { .string($0) })])
  }
}
