import Glibc
import Jupyter
import Logging

/// Writes a line per event to standard error, and drops it where standard error is full.
struct StandardErrorLog: LogHandler {
  let label: String
  var logLevel = Logger.Level.warning
  var metadata: Logger.Metadata = [:]

  init(label: String) { self.label = label }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(
    level: Logger.Level, message: Logger.Message, metadata: Logger.Metadata?, source: String, file: String,
    function: String, line: UInt
  ) {
    writeUnlessFull("\(Timestamp.now) \(level) \(label): \(message)\n", to: STDERR_FILENO)
  }
}
