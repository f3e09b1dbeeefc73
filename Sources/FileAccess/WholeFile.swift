import Glibc

/// Files read and written in one piece.
package enum WholeFile {
  /// The bytes of a regular file. A pipe, a device or a folder is refused, never waited for.
  ///
  /// `isCancelled` is looked at once a megabyte; it ends the reading with `CancellationError`. With a limit, only the
  /// file's beginning is read.
  package static func read(
    _ path: String, as name: String? = nil, limit: Int = .max, isCancelled: () -> Bool = { false }
  ) throws -> [UInt8] {
    let name = name ?? path
    guard !path.utf8.contains(0) else { throw FileError(name, .read, "its name has a zero character") }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileError(name, .read, errno: errno) }
    defer { close(descriptor) }
    let size = min(limit, try regularSize(descriptor, name))
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    var chunk = [UInt8](repeating: 0, count: max(1, min(size, 1 << 20)))
    while bytes.count < size {
      if isCancelled() { throw CancellationError() }
      let count = Glibc.read(descriptor, &chunk, min(chunk.count, size - bytes.count))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        throw count == 0 ? FileError(name, .read, "it was cut") : FileError(name, .read, errno: errno)
      }
      bytes += chunk[..<count]
    }
    return bytes
  }

  private static func regularSize(_ descriptor: Int32, _ name: String) throws(FileError) -> Int {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileError(name, .read, errno: errno) }
    guard status.st_mode & S_IFMT != S_IFDIR else { throw FileError(name, .read, "it is a folder") }
    guard status.st_mode & S_IFMT == S_IFREG else { throw FileError(name, .read, "it is not a regular file") }
    return Int(status.st_size)
  }

  /// What a path leads to, as a writer needs to know it.
  package enum Target: Equatable {
    /// Nothing is there yet; the folder is.
    case new
    case file
  }

  /// Looks where a path leads, through links. Throws if nothing can be written there: a folder, a pipe, a link to
  /// nowhere, a folder that does not exist or takes no new file, a file that this user may not change.
  package static func target(_ path: String, as name: String? = nil) throws(FileError) -> Target {
    try Place(path, name ?? path).status == nil ? .new : .file
  }

  /// Writes the file whole or not at all: into a file of a random name beside it, which then takes its name.
  ///
  /// A file that is there keeps its mode and owner; one that a link names is written where the link leads.
  package static func write(_ bytes: [UInt8], to path: String, as name: String? = nil) throws(FileError) {
    let place = try Place(path, name ?? path)
    guard let draft = try Draft(for: place) else { return try overwrite(place, bytes) }
    do throws(FileError) { try draft.finish(bytes) } catch {
      draft.remove()
      throw error
    }
  }

  /// Where no draft can stand for the file (its folder, owner or other names forbid it) its content is replaced in place.
  private static func overwrite(_ place: Place, _ bytes: [UInt8]) throws(FileError) {
    let descriptor = open(place.path, O_WRONLY | O_TRUNC | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileError(place.name, .written, errno: errno) }
    defer { close(descriptor) }
    try writeAll(bytes, descriptor, place.name)
  }

  static func writeAll(_ bytes: [UInt8], _ descriptor: Int32, _ name: String) throws(FileError) {
    var start = 0
    while start < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress! + start, min($0.count - start, 1 << 30))
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw FileError(name, .written, errno: errno) }
      start += count
    }
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw FileError(name, .written, errno: errno) }
  }
}
