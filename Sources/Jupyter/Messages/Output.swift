extension Message {
  package static func stream(_ text: String, to stream: OutputStream) -> Message {
    Message("stream", ["name": .string(stream.rawValue), "text": .string(text)])
  }

  package static func displayData(_ bundle: MIMEBundle, id: String?) -> Message {
    Message("display_data", .object(bundle.fields.merging(["transient": transient(id)]) { $1 }))
  }

  /// Renews every display that was made with this id.
  package static func updateDisplayData(_ bundle: MIMEBundle, id: String) -> Message {
    Message("update_display_data", .object(bundle.fields.merging(["transient": transient(id)]) { $1 }))
  }

  package static func clearOutput(wait: Bool) -> Message { Message("clear_output", ["wait": .bool(wait)]) }

  private static func transient(_ id: String?) -> JSON { id.map { ["display_id": .string($0)] } ?? [:] }
}
