import CZlib

/// Inflates the zlib streams of embedded data.
enum Deflate {
  /// A zlib stream of known inflated size, as embedded data are.
  static func zlib(_ bytes: [UInt8], size: Int) throws -> [UInt8] {
    try inflate(bytes[...], windowBits: 15, expected: size, what: "embedded data")
  }

  private static func inflate(
    _ bytes: ArraySlice<UInt8>, windowBits: Int32, expected: Int, what: String
  ) throws -> [UInt8] {
    var stream = z_stream()
    guard inflateInit2_(&stream, windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw DataError("\(what) could not be unpacked: out of memory")
    }
    defer { inflateEnd(&stream) }
    var chunks: [UInt8] = []
    var input = bytes
    var status = Z_OK
    var room = max(expected, 64)
    while status == Z_OK || status == Z_BUF_ERROR {
      let produced = chunks.count
      let (given, made): (Int, [UInt8]) = input.withUnsafeBufferPointer { source in
        let inputCount = min(source.count, 1 << 30)
        stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
        stream.avail_in = UInt32(inputCount)
        let output = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
          stream.next_out = buffer.baseAddress
          stream.avail_out = UInt32(room)
          status = CZlib.inflate(&stream, Z_NO_FLUSH)
          count = room - Int(stream.avail_out)
        }
        return (inputCount - Int(stream.avail_in), output)
      }
      input = input.dropFirst(given)
      if chunks.isEmpty { chunks = made } else { chunks += made }
      if status == Z_STREAM_END { break }
      guard status == Z_OK || status == Z_BUF_ERROR, given > 0 || chunks.count > produced else {
        throw DataError("\(what) is damaged: it does not unpack", hint: "fetch or copy the file again")
      }
      room = max(1 << 16, chunks.count / 2)
    }
    return chunks
  }
}
