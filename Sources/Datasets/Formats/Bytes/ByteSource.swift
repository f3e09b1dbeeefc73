/// Bytes that are read from front to back: a file, what a container holds, a text in another encoding.
protocol ByteSource: AnyObject {
  /// What it is called in messages.
  var path: String { get }
  /// Bytes of the file beneath and how many of them have been taken, for progress; nil if unknown.
  var size: Int? { get }
  var taken: Int { get }
  /// Fills the memory as far as bytes come; 0 at the end. Throws `DataError`, and `LoadingCancelled` if asked to stop.
  func read(into memory: UnsafeMutableRawBufferPointer) throws -> Int
  /// Starts again at the first byte.
  func rewind() throws
}

extension ByteSource {
  /// Fills the memory whole unless the end comes first.
  func fill(_ memory: UnsafeMutableRawBufferPointer) throws -> Int {
    var done = 0
    while done < memory.count {
      let got = try read(into: .init(rebasing: memory[done...]))
      if got == 0 { break }
      done += got
    }
    return done
  }

  /// The next bytes, fewer at the end.
  func next(_ count: Int) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = try fill(UnsafeMutableRawBufferPointer(buffer))
    }
  }

  /// Everything up to the end. Memory is checked as it grows.
  func rest(atMost limit: Int = .max) throws -> [UInt8] {
    var result: [UInt8] = []
    while result.count < limit {
      let block = try next(min(1 << 20, limit - result.count))
      if block.isEmpty { break }
      if result.count + block.count > result.capacity { try MemoryBudget.check(2 * result.count, for: path) }
      result += block
    }
    return result
  }
}
