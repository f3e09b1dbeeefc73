import FileAccess
import Foundation

/// The IDX format of MNIST's files: a magic number with type and rank, big-endian sizes, then the values.
///
/// http://yann.lecun.com/exdb/mnist (described there): bytes 0 0, type 0x08 (unsigned byte), rank, sizes.
struct IDXFile {
  let sizes: [Int]
  private let file: PackedFile

  /// Reads the header of a file, plain or gzipped.
  init(path: String) throws {
    file = try PackedFile(path: path)
    let magic = try file.read(4)
    guard magic.count == 4, magic[0] == 0, magic[1] == 0 else {
      throw DataError("\(path) is not an IDX file: it does not start with two zero bytes")
    }
    guard magic[2] == 0x08 else {
      throw DataError(
        "\(path) holds values of type 0x\(String(magic[2], radix: 16)); only unsigned bytes (0x08) are read")
    }
    let rank = Int(magic[3])
    let header = try file.read(4 * rank)
    guard (1...4).contains(rank), header.count == 4 * rank else { throw DataError("\(path) is cut off in its header") }
    sizes = (0..<rank).map { k in header[(4 * k)..<(4 * k + 4)].reduce(0) { $0 << 8 | Int($1) } }
    let most = file.mostBytes
    guard sizes.reduce(1, { $0 > most ? $0 : $0 * max($1, 1) }) <= most else { throw mismatch("at most \(most)") }
  }

  /// How many values there are.
  var count: Int { sizes.reduce(1, *) }

  /// Reads all values into memory of just their size. To be called once.
  func read(into values: UnsafeMutableBufferPointer<UInt8>, isCancelled: () -> Bool = { false }) throws {
    let got = try file.read(into: UnsafeMutableRawBufferPointer(values), isCancelled: isCancelled)
    // One byte more: the end is where it should be, and gzip's check of the whole has been made.
    let more = try file.read(1).count
    guard got == count, more == 0 else { throw mismatch(more > 0 ? "more" : "\(got)") }
  }

  func bytes() throws -> [UInt8] {
    let count = count
    return try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      try read(into: .init(rebasing: buffer[..<count]))
      filled = count
    }
  }

  private func mismatch(_ held: String) -> DataError {
    DataError(
      "\(file.path) says \(sizes.map(String.init).joined(separator: " x ")) values but holds \(held): it is cut off or damaged",
      hint: "fetch or copy the file again")
  }
}

/// Reading whole files with errors that a user understands.
enum FileBytes {
  /// A file open for reading, which the caller closes, and its size.
  static func opened(_ path: String) throws -> (descriptor: Int32, size: Int) {
    let handle = try open(path)
    defer { fclose(handle) }
    let size = try size(handle, path)
    return (dup(fileno(handle)), size)
  }

  static func read(_ path: String) throws -> [UInt8] {
    let handle = try open(path)
    defer { fclose(handle) }
    let size = try size(handle, path)
    return try [UInt8](unsafeUninitializedCapacity: max(size, 1)) { buffer, count in
      count = fread(buffer.baseAddress, 1, size, handle)
      guard count == size else { throw DataError("\(path) could not be read to its end") }
    }
  }

  private static func open(_ path: String) throws -> UnsafeMutablePointer<FILE> {
    guard let handle = fopen(path, "rb") else {
      let reason = String(cString: strerror(errno))
      throw DataError("\(path) cannot be read: \(reason)", hint: "relative paths start at the notebook's folder")
    }
    return handle
  }

  private static func size(_ handle: UnsafeMutablePointer<FILE>, _ path: String) throws -> Int {
    var status = stat()
    fstat(fileno(handle), &status)
    guard status.st_mode & S_IFMT != S_IFDIR else { throw DataError("\(path) is a folder, not a file") }
    return Int(status.st_size)
  }

  /// `~` and relative paths resolved against the session's folder.
  static func resolve(_ path: String, in folder: String) -> String {
    let path = HomeFolder.expand(path)
    return path.hasPrefix("/") ? path : folder + "/" + path
  }
}
