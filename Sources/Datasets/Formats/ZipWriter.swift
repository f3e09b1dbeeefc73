import CZlib

/// Writes a zip archive of stored (not packed) files, as `numpy.savez` does (APPNOTE 6.3, without zip64).
struct ZipWriter {
  private(set) var bytes: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  /// 1 January 1980, the earliest date the format knows: equal contents give equal archives.
  private static let date = 1 << 5 | 1
  private static let version = 20

  /// Throws `DataError` beyond the four gigabytes that the plain format can address.
  mutating func add(_ name: String, _ content: [UInt8]) throws {
    let start = bytes.count
    guard start + content.count + name.utf8.count + 64 < Int(UInt32.max), count < Int(UInt16.max) else {
      throw DataError("an archive of more than 4 GB cannot be written")
    }
    let checksum = content.withUnsafeBufferPointer { Int(crc32_z(0, $0.baseAddress, $0.count)) }
    var shared: [UInt8] = []
    shared.append(littleEndian: Self.version, bytes: 2)
    shared.append(littleEndian: 0, bytes: 2)  // flags
    shared.append(littleEndian: 0, bytes: 2)  // stored
    shared.append(littleEndian: 0, bytes: 2)  // time
    shared.append(littleEndian: Self.date, bytes: 2)
    shared.append(littleEndian: checksum, bytes: 4)
    shared.append(littleEndian: content.count, bytes: 4)
    shared.append(littleEndian: content.count, bytes: 4)
    shared.append(littleEndian: name.utf8.count, bytes: 2)
    shared.append(littleEndian: 0, bytes: 2)  // extra field

    bytes.append(littleEndian: 0x0403_4b50, bytes: 4)
    bytes += shared
    bytes += name.utf8
    bytes += content

    directory.append(littleEndian: 0x0201_4b50, bytes: 4)
    directory.append(littleEndian: Self.version, bytes: 2)
    directory += shared
    directory.append(littleEndian: 0, bytes: 2)  // comment
    directory.append(littleEndian: 0, bytes: 2)  // disk
    directory.append(littleEndian: 0, bytes: 2)  // internal attributes
    directory.append(littleEndian: 0, bytes: 4)  // external attributes
    directory.append(littleEndian: start, bytes: 4)
    directory += name.utf8
    count += 1
  }

  /// The whole archive: the files, the directory, the end record.
  func finished() -> [UInt8] {
    var result = bytes + directory
    result.append(littleEndian: 0x0605_4b50, bytes: 4)
    result.append(littleEndian: 0, bytes: 4)  // disks
    result.append(littleEndian: count, bytes: 2)
    result.append(littleEndian: count, bytes: 2)
    result.append(littleEndian: directory.count, bytes: 4)
    result.append(littleEndian: bytes.count, bytes: 4)
    result.append(littleEndian: 0, bytes: 2)  // comment
    return result
  }
}

extension [UInt8] {
  mutating func append(littleEndian number: Int, bytes: Int) {
    for k in 0..<bytes { append(UInt8(truncatingIfNeeded: number >> (8 * k))) }
  }
}
