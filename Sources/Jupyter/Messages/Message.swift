/// A message of the kernel's own making: its type, what it says, and what it says about itself.
///
/// Each type has a file of its own beside this one, with a factory here and, for a request, a struct that reads it.
package struct Message: Sendable, Equatable {
  package var type: String
  package var content: JSON
  package var metadata: JSON

  package init(_ type: String, _ content: JSON, metadata: JSON = [:]) {
    self.type = type
    self.content = content
    self.metadata = metadata
  }
}

extension MIMEBundle {
  /// The `data` and `metadata` of a message that carries this bundle.
  var fields: [String: JSON] { ["data": .object(data), "metadata": .object(metadata)] }
}

extension Failure {
  /// The fields of every error reply and of the `error` message.
  var fields: [String: JSON] {
    ["ename": .string(name), "evalue": .string(message), "traceback": .array(traceback.map { .string($0) })]
  }
}
