import Foundation

/// The IDX format of MNIST's files: a magic number with type and rank, big-endian sizes, then the values.
///
/// http://yann.lecun.com/exdb/mnist (described there): bytes 0 0, type 0x08 (unsigned byte), rank, sizes.
struct IDXFile {
  var sizes: [Int]
  var bytes: [UInt8]

  /// Reads a file, plain or gzipped (told by its first bytes, not its name).
  init(path: String) throws {
    var raw = try FileBytes.read(path)
    if raw.starts(with: [0x1f, 0x8b]) { raw = try Deflate.gzip(raw, what: path) }
    guard raw.count >= 4, raw[0] == 0, raw[1] == 0 else {
      throw DataError("\(path) is not an IDX file: it does not start with two zero bytes")
    }
    guard raw[2] == 0x08 else {
      throw DataError("\(path) holds values of type 0x\(String(raw[2], radix: 16)); only unsigned bytes (0x08) are read")
    }
    let rank = Int(raw[3])
    guard rank >= 1, rank <= 4, raw.count >= 4 + 4 * rank else { throw DataError("\(path) is cut off in its header") }
    sizes = (0..<rank).map { k in raw[(4 + 4 * k)..<(8 + 4 * k)].reduce(0) { $0 << 8 | Int($1) } }
    let count = sizes.reduce(1) { $0.multipliedReportingOverflow(by: $1).overflow ? Int.max / 1024 : $0 * $1 }
    let start = 4 + 4 * rank
    guard raw.count - start == count else {
      let shape = sizes.map(String.init).joined(separator: " x ")
      throw DataError(
        "\(path) says \(shape) values but holds \(raw.count - start): it is cut off or damaged",
        hint: "fetch or copy the file again")
    }
    raw.removeFirst(start)
    bytes = raw
  }
}

/// Reading whole files with errors that a user understands.
enum FileBytes {
  static func read(_ path: String) throws -> [UInt8] {
    guard let handle = fopen(path, "rb") else {
      let reason = String(cString: strerror(errno))
      throw DataError("\(path) cannot be read: \(reason)", hint: "relative paths start at the notebook's folder")
    }
    defer { fclose(handle) }
    var status = stat()
    fstat(fileno(handle), &status)
    guard status.st_mode & S_IFMT != S_IFDIR else { throw DataError("\(path) is a folder, not a file") }
    let size = Int(status.st_size)
    return try [UInt8](unsafeUninitializedCapacity: max(size, 1)) { buffer, count in
      count = fread(buffer.baseAddress, 1, size, handle)
      guard count == size else { throw DataError("\(path) could not be read to its end") }
    }
  }

  /// `~` and relative paths resolved against the session's folder.
  static func resolve(_ path: String, in folder: String) -> String {
    if path == "~" || path.hasPrefix("~/") { return NSHomeDirectory() + path.dropFirst() }
    return path.hasPrefix("/") ? path : folder + "/" + path
  }
}
