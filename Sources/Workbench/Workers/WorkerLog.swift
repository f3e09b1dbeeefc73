import FileAccess
import Foundation

/// The file that a worker's words go to. Its name can be foreseen, so somebody may have put a link or a pipe there: it is
/// opened here, never through a link and never waited for.
enum WorkerLog {
  /// A descriptor that appends to the file, which is made if it is not there. Throws a `Files.Refusal`.
  static func open(_ path: String) throws -> Int32 {
    try checkFolder((path as NSString).deletingLastPathComponent)
    let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      // So a link answers, and a pipe that nobody reads.
      throw errno == ELOOP || errno == ENXIO ? irregular(path) : Files.Refusal(FileError(path, .written, errno: errno))
    }
    guard isRegular(descriptor) else {
      close(descriptor)
      throw irregular(path)
    }
    return descriptor
  }

  /// Throws a `Files.Refusal` if the folder is a link: what is written there would be somewhere else.
  static func checkFolder(_ path: String) throws {
    var status = stat()
    guard lstat(path, &status) == 0 else { throw Files.Refusal(FileError(path, .written, errno: errno)) }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw Files.Refusal(
        message: "the workers' logs go to '\(path)', which is a link or a file", hint: "remove it, or move it away")
    }
  }

  /// The last line, of at most 200 characters; nil if there is none to be read. O(1).
  static func lastLine(_ path: String) -> String? {
    let descriptor = Glibc.open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    guard isRegular(descriptor) else { return nil }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let start = max(0, lseek(descriptor, 0, SEEK_END) - off_t(bytes.count))
    let count = pread(descriptor, &bytes, bytes.count, start)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self).split(separator: "\n").last.map {
      String($0.prefix(200))
    }
  }

  private static func isRegular(_ descriptor: Int32) -> Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  private static func irregular(_ path: String) -> Files.Refusal {
    Files.Refusal(
      message: "the worker's log '\(path)' is a link or not a regular file", hint: "remove it, or move it away")
  }
}
