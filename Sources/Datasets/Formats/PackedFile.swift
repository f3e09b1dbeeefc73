import CZlib
import Foundation

/// A file, plain or gzipped (told by its first bytes, not its name), read from front to back without holding it whole.
final class PackedFile {
  let path: String
  /// More than this it cannot hold: deflate packs 1,032 bytes into one at best.
  let mostBytes: Int
  private let file: gzFile

  init(path: String) throws {
    self.path = path
    // Opened once: what is read is what was measured, whatever comes to stand under the name meanwhile.
    let (descriptor, size) = try FileBytes.opened(path)
    guard let file = gzdopen(descriptor, "rb") else {
      close(descriptor)
      throw DataError("\(path) cannot be read: \(String(cString: strerror(errno)))")
    }
    self.file = file
    mostBytes = size * 1032
    gzbuffer(file, 1 << 17)
  }

  deinit { gzclose(file) }

  /// Fills the memory as far as the file reaches, and says how far. Throws where it is damaged.
  func read(into memory: UnsafeMutableRawBufferPointer, isCancelled: () -> Bool = { false }) throws -> Int {
    var done = 0
    while done < memory.count {
      if isCancelled() { throw LoadingCancelled() }
      let got = gzread(file, memory.baseAddress! + done, UInt32(min(memory.count - done, 1 << 22)))
      guard got >= 0 else {
        throw DataError("\(path) is damaged: it does not unpack", hint: "fetch or copy the file again")
      }
      if got == 0 { break }
      done += Int(got)
    }
    return done
  }

  /// The next bytes, fewer at the end of the file.
  func read(_ count: Int) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = try read(into: UnsafeMutableRawBufferPointer(buffer))
    }
  }
}
