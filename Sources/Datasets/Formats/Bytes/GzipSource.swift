import CZlib
import Foundation

/// What a gzip file holds, all its members one after another, by zlib: unlike libarchive it compares the checksums.
///
/// More than `UnpackedSource.mostBytes` unpacked bytes are refused.
final class GzipSource: ByteSource {
  let path: String
  private let file: any ByteSource
  private var stream = z_stream()
  private let packed = UnsafeMutablePointer<UInt8>.allocate(capacity: GzipSource.blockSize)
  private var unpacked = 0
  /// Whether a member has begun, and whether one was read to its end.
  private var isWithin = false
  private var hasMember = false
  private var isAtEnd = false

  private static let blockSize = 1 << 17
  /// Window bits of the largest window, with a gzip head and tail.
  private static let gzip: Int32 = 15 + 16

  init(_ file: any ByteSource) throws {
    (self.file, path) = (file, file.path)
    guard inflateInit2_(&stream, Self.gzip, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw DataError("\(path) cannot be unpacked: out of memory")
    }
  }

  deinit {
    inflateEnd(&stream)
    packed.deallocate()
  }

  var size: Int? { file.size }
  var taken: Int { file.taken }

  func rewind() throws {
    try file.rewind()
    inflateReset(&stream)
    stream.avail_in = 0
    (unpacked, isWithin, hasMember, isAtEnd) = (0, false, false, false)
  }

  func read(into memory: UnsafeMutableRawBufferPointer) throws -> Int {
    guard let base = memory.baseAddress, memory.count > 0 else { return 0 }
    let room = min(memory.count, 1 << 30)
    stream.next_out = base.assumingMemoryBound(to: UInt8.self)
    stream.avail_out = UInt32(room)
    while !isAtEnd, Int(stream.avail_out) == room {
      if stream.avail_in == 0, try !fetch() {
        guard !isWithin else { throw damaged("it ends early") }
        isAtEnd = true
        break
      }
      if !isWithin, try !begins() { continue }
      isWithin = true
      switch inflate(&stream, Z_NO_FLUSH) {
      case Z_STREAM_END:
        (isWithin, hasMember) = (false, true)
        inflateReset(&stream)
      case Z_OK, Z_BUF_ERROR: break
      default: throw damaged(stream.msg.map { String(cString: $0) } ?? "it does not unpack")
      }
    }
    let got = room - Int(stream.avail_out)
    unpacked += got
    try UnpackedSource.check(unpacked, path)
    return got
  }

  /// The next packed bytes; false at the end of the file.
  private func fetch() throws -> Bool {
    let got = try file.read(into: .init(start: packed, count: Self.blockSize))
    (stream.next_in, stream.avail_in) = (packed, UInt32(got))
    return got > 0
  }

  /// Whether a member begins here; zeros between and after members are passed over. Throws a `DataError` if something
  /// else follows a member: the file may be two that were joined, or cut and written over.
  private func begins() throws -> Bool {
    guard hasMember, let next = stream.next_in else { return true }
    if next.pointee == 0x1f { return true }
    guard next.pointee == 0 else {
      throw DataError(
        "\(path): what follows the packed data is not packed",
        hint: "use gzip -dc to unpack what is whole, or copy the file again")
    }
    stream.next_in = next + 1
    stream.avail_in -= 1
    return false
  }

  private func damaged(_ reason: String) -> DataError {
    DataError("\(path) is damaged: it does not unpack (\(reason))", hint: "fetch or copy the file again")
  }
}
