import FileAccess
import Foundation
import Vocabulary

/// The bytes of a file, or of a pipe until its writer closes it.
///
/// Nothing blocks: a pipe is waited for in steps of 50 ms, between which an interrupt or a request to stop is heard. What came through a
/// pipe is kept, so that it can be read again.
final class FileSource: ByteSource {
  let path: String
  let size: Int?
  private let descriptor: Int32
  private let isCancelled: () -> Bool
  /// What came through a pipe; empty for a file.
  private var kept: [UInt8] = []
  private var place = 0
  /// Whether it is no regular file: what was read is gone for any other reader.
  let isPipe: Bool

  /// `file`: where the bytes are, if that is not what messages should name.
  init(path: String, file: String? = nil, isCancelled: @escaping () -> Bool = { false }) throws {
    (self.path, self.isCancelled) = (path, isCancelled)
    descriptor = open(file ?? path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw DataError(
        "\(path) cannot be read: \(String(cString: strerror(errno)))",
        hint: WorkingFolder.hint, file: path)
    }
    var status = stat()
    fstat(descriptor, &status)
    let kind = status.st_mode & S_IFMT
    guard kind != S_IFDIR else {
      close(descriptor)
      throw DataError("\(path) is a folder, not a file")
    }
    isPipe = kind != S_IFREG
    // Files of /proc say 0 and still have content.
    size = isPipe || status.st_size == 0 ? nil : Int(status.st_size)
  }

  deinit { close(descriptor) }

  var taken: Int { place }

  /// The first bytes, which stay to be read.
  func head(_ count: Int = 512) throws -> [UInt8] {
    let block = try next(count)
    try rewind()
    return block
  }

  func rewind() throws {
    place = 0
    if !isPipe { lseek(descriptor, 0, SEEK_SET) }
  }

  func read(into memory: UnsafeMutableRawBufferPointer) throws -> Int {
    guard let base = memory.baseAddress, memory.count > 0 else { return 0 }
    if isPipe, place < kept.count {
      let count = min(memory.count, kept.count - place)
      _ = kept.withUnsafeBytes { memcpy(base, $0.baseAddress! + place, count) }
      place += count
      return count
    }
    while true {
      if isCancelled() { throw LoadingCancelled() }
      try Interrupting.check()
      if isPipe, try !isReady() { continue }
      let got = Glibc.read(descriptor, base, min(memory.count, 1 << 20))
      if got < 0, errno == EINTR || errno == EAGAIN { continue }
      guard got >= 0 else { throw DataError("\(path) cannot be read: \(String(cString: strerror(errno)))") }
      place += got
      if isPipe {
        try MemoryBudget.check(kept.count + got, for: path)
        kept.append(contentsOf: UnsafeRawBufferPointer(start: base, count: got))
      }
      return got
    }
  }

  private func isReady() throws -> Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&request, 1, 50) > 0
  }
}
