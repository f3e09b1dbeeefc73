/// Asks for earlier cells.
package struct HistoryRequest: Sendable {
  package enum Access: Sendable, Equatable {
    /// The last so many cells.
    case tail(Int)
    /// Lines `start..<stop` of a session: 0 is the current one, negative ones count back from it.
    case range(session: Int, start: Int, stop: Int?)
    /// The last so many cells that match a pattern of `*` and `?`.
    case search(pattern: String, limit: Int?, unique: Bool)
  }
  package var access: Access
  package var withOutput: Bool

  package init(_ fields: Fields) throws(MalformedContent) {
    withOutput = try fields.bool("output", default: false)
    _ = try fields.bool("raw", default: true)
    switch try fields.string("hist_access_type") {
    case "tail": access = .tail(max(0, try fields.int("n", default: 10)))
    case "range":
      access = .range(
        session: try fields.int("session", default: 0), start: try fields.int("start", default: 1),
        stop: try fields.int("stop"))
    case "search":
      access = .search(
        pattern: try fields.string("pattern", default: "*"), limit: try fields.int("n").map { max(0, $0) },
        unique: try fields.bool("unique", default: false))
    case let other:
      throw MalformedContent(
        message: "history_request: 'hist_access_type' is '\(other)', not 'tail', 'range' or 'search'")
    }
  }
}

/// One cell of the past.
package struct HistoryEntry: Sendable, Equatable {
  package var session: Int
  package var line: Int
  package var input: String
  package var output: String?

  package init(session: Int, line: Int, input: String, output: String?) {
    self.session = session
    self.line = line
    self.input = input
    self.output = output
  }
}

extension Message {
  package static func historyReply(_ entries: [HistoryEntry], withOutput: Bool) -> Message {
    let rows = entries.map { entry -> JSON in
      let input = JSON.string(entry.input)
      let text: JSON = withOutput ? [input, entry.output.map { .string($0) } ?? .null] : input
      return [.int(entry.session), .int(entry.line), text]
    }
    return Message("history_reply", ["status": "ok", "history": .array(rows)])
  }
}
