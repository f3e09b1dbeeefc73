import Glibc

/// Where a file that is to be written lies, its links followed.
struct Place {
  /// As typed, for messages.
  let name: String
  /// Without links.
  let path: String
  /// nil if nothing is there yet.
  let status: stat?

  /// Throws if nothing can be written there.
  init(_ path: String, _ name: String) throws(FileError) {
    guard !path.utf8.contains(0) else { throw FileError(name, .written, "its name has a zero character") }
    self.name = name
    self.path = try Self.resolved(path, name)
    var status = stat()
    guard stat(self.path, &status) == 0 else {
      guard errno == ENOENT else { throw FileError(name, .written, errno: errno) }
      self.status = nil
      try checkFolder()
      return
    }
    self.status = status
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw FileError(name, .written, "it is a folder")
    default: throw FileError(name, .written, "it is not a regular file")
    }
    guard access(self.path, W_OK) == 0 else { throw FileError(name, .written, errno: errno) }
  }

  var folder: String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The folder as typed.
  private var typedFolder: String { name.lastIndex(of: "/").map { String(name[...$0]) } ?? "." }

  /// The path itself, or what its last link leads to. A link to nowhere is refused: it may be someone's who wants a file
  /// of this user's making there.
  private static func resolved(_ path: String, _ name: String) throws(FileError) -> String {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK else { return path }
    guard let target = realpath(path, nil) else {
      throw FileError(
        name, .written, errno == ENOENT ? "it is a link to a file that does not exist" : FileError.reason(errno))
    }
    defer { free(target) }
    return String(cString: target)
  }

  private func checkFolder() throws(FileError) {
    var status = stat()
    guard stat(folder, &status) == 0 else {
      let reason = errno == ENOENT ? "there is no folder '\(typedFolder)'" : FileError.reason(errno)
      throw FileError(name, .written, reason)
    }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw FileError(name, .written, "its folder is a file") }
    guard access(folder, W_OK | X_OK) == 0 else { throw FileError(name, .written, errno: errno) }
  }
}
