/// What is wrong with a request's content.
package struct MalformedContent: Error, Equatable, Sendable {
  package var message: String
  package init(message: String) { self.message = message }
}

/// The fields of a request's content, read by name and kind. `null` counts as absent.
package struct Fields: Sendable {
  package let json: JSON
  package let messageType: String

  package init(_ json: JSON, of messageType: String) {
    self.json = json
    self.messageType = messageType
  }

  private func present(_ name: String) -> JSON? {
    guard let value = json[name], value != .null else { return nil }
    return value
  }

  private func wrong(_ name: String, _ kind: String) -> MalformedContent {
    MalformedContent(message: "\(messageType): '\(name)' must be \(kind)")
  }

  package func string(_ name: String) throws(MalformedContent) -> String {
    guard let value = present(name)?.string else { throw wrong(name, "a string") }
    return value
  }

  package func string(_ name: String, default fallback: String) throws(MalformedContent) -> String {
    present(name) == nil ? fallback : try string(name)
  }

  package func bool(_ name: String, default fallback: Bool) throws(MalformedContent) -> Bool {
    guard let value = present(name) else { return fallback }
    guard let bool = value.bool else { throw wrong(name, "true or false") }
    return bool
  }

  package func int(_ name: String) throws(MalformedContent) -> Int? {
    guard let value = present(name) else { return nil }
    guard let int = value.int else { throw wrong(name, "an integer") }
    return int
  }

  package func int(_ name: String, default fallback: Int) throws(MalformedContent) -> Int { try int(name) ?? fallback }

  /// An object whose values are all strings.
  package func strings(_ name: String) throws(MalformedContent) -> [String: String] {
    guard let value = present(name) else { return [:] }
    guard let members = value.object else { throw wrong(name, "an object of strings") }
    var strings: [String: String] = [:]
    for (key, member) in members {
      guard let string = member.string else { throw wrong(name, "an object of strings") }
      strings[key] = string
    }
    return strings
  }
}
