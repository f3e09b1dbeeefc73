/// Asks for help on the word at a position.
package struct InspectRequest: Sendable {
  package var code: String
  package var position: Int
  /// 0 for a first look, 1 (or more) for all there is.
  package var detail: Int

  package init(_ fields: Fields) throws(MalformedContent) {
    code = try fields.string("code")
    position = try fields.position(in: code)
    detail = min(max(try fields.int("detail_level", default: 0), 0), 1)
  }
}

extension Message {
  package static func inspectReply(_ bundle: MIMEBundle?) -> Message {
    var fields = (bundle ?? MIMEBundle([:])).fields
    fields["status"] = "ok"
    fields["found"] = .bool(bundle != nil)
    return Message("inspect_reply", .object(fields))
  }
}
