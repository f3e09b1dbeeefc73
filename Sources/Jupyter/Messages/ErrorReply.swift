extension Message {
  /// The reply of a request that could not be served. The type of `X_request`'s reply is `X_reply`.
  package static func errorReply(_ type: String, _ failure: Failure, executionCount: Int? = nil) -> Message {
    var fields = failure.fields
    fields["status"] = "error"
    if let executionCount { fields["execution_count"] = .int(executionCount) }
    return Message(type, .object(fields))
  }

  /// The type that answers a request's type; nil if the type is not a request's.
  package static func replyType(of requestType: String) -> String? {
    requestType.hasSuffix("_request") ? requestType.dropLast("request".count) + "reply" : nil
  }

  /// Tells every subscriber of a cell's error.
  package static func error(_ failure: Failure) -> Message { Message("error", .object(failure.fields)) }
}
