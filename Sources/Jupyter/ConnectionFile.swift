import Glibc

/// The file through which a launcher tells a kernel where to listen.
package struct ConnectionFile: Sendable {
  package let path: String
  package private(set) var json: JSON
  package private(set) var connection: Connection
  /// Whether someone else on the machine can read the key.
  package let isReadableByOthers: Bool

  package init(path: String) throws(ConnectionError) {
    self.path = path
    let bytes = try Self.read(path)
    do { json = try JSON(parsing: bytes.content) } catch {
      throw ConnectionError("connection file \(path): it is not JSON: \(error)")
    }
    do { connection = try Connection(json) } catch { throw ConnectionError("connection file \(path): \(error)") }
    isReadableByOthers = bytes.mode & 0o044 != 0
  }

  private static func read(_ path: String) throws(ConnectionError) -> (content: [UInt8], mode: mode_t) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw ConnectionError("connection file \(path): \(String(cString: strerror(errno)))") }
    defer { close(descriptor) }
    var status = stat()
    fstat(descriptor, &status)
    guard status.st_mode & S_IFMT == S_IFREG, status.st_size <= 1 << 20 else {
      throw ConnectionError("connection file \(path): not a small plain file")
    }
    var content = [UInt8](repeating: 0, count: Int(status.st_size))
    let count = Glibc.read(descriptor, &content, content.count)
    guard count == content.count else { throw ConnectionError("connection file \(path): could not be read") }
    return (content, status.st_mode)
  }

  /// Writes the ports that the kernel chose into the file, whole or not at all, readable by its owner only, all other
  /// fields as they were.
  package mutating func rewrite(ports: [Channel: Int]) throws(ConnectionError) {
    guard case .object(var fields) = json else { return }
    for (channel, port) in ports { fields[channel.portField] = .int(port) }
    json = .object(fields)
    connection.ports = ports
    let temporary = "\(path).\(UInt64.random(in: 0 ... .max))"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw ConnectionError("connection file \(path): \(String(cString: strerror(errno)))") }
    let content = json.bytes
    let isWritten = write(descriptor, content, content.count) == content.count && rename(temporary, path) == 0
    let reason = String(cString: strerror(errno))
    close(descriptor)
    guard isWritten else {
      unlink(temporary)
      throw ConnectionError("connection file \(path): could not be written: \(reason)")
    }
  }
}
