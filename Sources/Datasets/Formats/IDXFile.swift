import FileAccess
import Foundation
import Glibc

/// The IDX format of MNIST's files: a magic number with type and rank, big-endian sizes, then big-endian values.
///
/// http://yann.lecun.com/exdb/mnist (described there): bytes 0 0, the type, the rank, sizes.
struct IDXFile {
  /// What a value is, by the third byte.
  enum Element: UInt8 {
    case byte = 0x08
    case signedByte = 0x09
    case short = 0x0b
    case int = 0x0c
    case float = 0x0d
    case double = 0x0e

    var size: Int {
      switch self {
      case .byte, .signedByte: 1
      case .short: 2
      case .int, .float: 4
      case .double: 8
      }
    }

    /// The number that big-endian bytes are.
    func number(_ bits: UInt64) -> Double {
      switch self {
      case .byte: Double(bits)
      case .signedByte: Double(Int8(truncatingIfNeeded: bits))
      case .short: Double(Int16(truncatingIfNeeded: bits))
      case .int: Double(Int32(truncatingIfNeeded: bits))
      case .float: Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
      case .double: Double(bitPattern: bits)
      }
    }
  }

  let sizes: [Int]
  let element: Element
  private let file: PackedFile

  var path: String { file.path }

  /// Reads the header of a file, plain or gzipped.
  init(path: String) throws {
    file = try PackedFile(path: path)
    let magic = try file.read(4)
    guard magic.count == 4, magic[0] == 0, magic[1] == 0 else {
      throw DataError("\(path) is not an IDX file: it does not start with two zero bytes")
    }
    guard let element = Element(rawValue: magic[2]) else {
      throw DataError(
        "\(path) holds values of type 0x\(String(magic[2], radix: 16)), which the IDX format does not have")
    }
    self.element = element
    let rank = Int(magic[3])
    let header = try file.read(4 * rank)
    guard (1...4).contains(rank), header.count == 4 * rank else { throw DataError("\(path) is cut off in its header") }
    sizes = (0..<rank).map { k in header[(4 * k)..<(4 * k + 4)].reduce(0) { $0 << 8 | Int($1) } }
    let most = file.mostBytes / element.size
    guard sizes.reduce(1, { $0 > most ? $0 : $0 * max($1, 1) }) <= most else { throw mismatch("at most \(most)") }
  }

  /// How many values there are.
  var count: Int { sizes.reduce(1, *) }

  /// Reads all values of a file of bytes into memory of just their size. To be called once.
  func read(into values: UnsafeMutableBufferPointer<UInt8>, isCancelled: () -> Bool = { false }) throws {
    let got = try file.read(into: UnsafeMutableRawBufferPointer(values), isCancelled: isCancelled)
    // One byte more: the end is where it should be, and gzip's check of the whole has been made.
    let more = try file.read(1).count
    guard got == values.count, more == 0 else { throw mismatch(more > 0 ? "more" : "\(got / element.size)") }
  }

  /// All values, each in as many bytes as its type has. To be called once.
  func bytes() throws -> [UInt8] {
    let count = count * element.size
    return try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      try read(into: .init(rebasing: buffer[..<count]))
      filled = count
    }
  }

  /// All values as numbers. To be called once.
  func numbers() throws -> [Double] {
    try MemoryBudget.check(try MemoryBudget.product([count, 8 + element.size], for: path), for: path)
    let bytes = try bytes()
    let size = element.size
    return (0..<count).map { k in
      element.number(bytes[(k * size)..<((k + 1) * size)].reduce(0) { $0 << 8 | UInt64($1) })
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
    // A pipe that nobody writes must not be waited for.
    let descriptor = Glibc.open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0, let handle = fdopen(descriptor, "rb") else {
      let reason = String(cString: strerror(errno))
      throw DataError("\(path) cannot be read: \(reason)", hint: WorkingFolder.hint, file: path)
    }
    return handle
  }

  private static func size(_ handle: UnsafeMutablePointer<FILE>, _ path: String) throws -> Int {
    var status = stat()
    fstat(fileno(handle), &status)
    guard status.st_mode & S_IFMT != S_IFDIR else { throw DataError("\(path) is a folder, not a file") }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw DataError("\(path) cannot be read: it is not a regular file")
    }
    return Int(status.st_size)
  }

  /// `~` and relative paths resolved against the session's folder.
  static func resolve(_ path: String, in folder: String) -> String {
    let path = HomeFolder.expand(path)
    // Without a folder it stays relative: it must not lead to a file of that name in '/'.
    return path.hasPrefix("/") || !folder.hasPrefix("/") ? path : folder + "/" + path
  }
}
