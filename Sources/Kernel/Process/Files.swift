import Glibc

func fileExists(_ path: String) -> Bool { access(path, F_OK) == 0 }

/// A file's bytes, or nil if it cannot be read.
func readFile(_ path: String) -> [UInt8]? { try? InputFile.read(path) }

/// A file, pipe or device that is read to its end.
package enum InputFile {
  package static func read(_ path: String) throws(SystemError) -> [UInt8] {
    // A duplicate: the path of standard input would ask again for the right to open what it is.
    let descriptor = path == "/dev/stdin" ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw SystemError(errno) }
    defer { close(descriptor) }
    var content: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw SystemError(errno)
      }
      if count == 0 { return content }
      content.append(contentsOf: chunk[..<count])
    }
  }

  /// Whether it is a file on a disk, with a folder that means something.
  package static func isRegular(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG && !path.hasPrefix("/dev/")
      && !path.hasPrefix("/proc/")
  }
}

/// Makes a folder and those above it, for its owner only; false if that cannot be.
func makeFolder(_ path: String) -> Bool {
  if mkdir(path, 0o700) == 0 || errno == EEXIST { return true }
  guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return false }
  return makeFolder(String(path[..<slash])) && (mkdir(path, 0o700) == 0 || errno == EEXIST)
}
