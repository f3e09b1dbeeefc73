import Glibc

/// Lines of a descriptor, without their ends. A last line without an end counts.
struct LineReader {
  private let descriptor: Int32
  private var pending: [UInt8] = []
  /// Bytes of `pending` that are known to hold no line end: a long line is searched once.
  private var searched = 0
  private var isAtEnd = false

  init(descriptor: Int32) { self.descriptor = descriptor }

  /// The next line, or nil at the end of the input.
  mutating func next() -> [UInt8]? {
    while true {
      if let end = pending[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        let line = Array(pending[..<end])
        pending.removeFirst(end + 1)
        searched = 0
        return line
      }
      searched = pending.count
      if isAtEnd {
        defer { (pending, searched) = ([], 0) }
        return pending.isEmpty ? nil : pending
      }
      fill()
    }
  }

  private mutating func fill() {
    var chunk = [UInt8](repeating: 0, count: 65_536)
    let count = read(descriptor, &chunk, chunk.count)
    if count > 0 {
      pending.append(contentsOf: chunk[..<count])
    } else if count == 0 || errno != EINTR {
      isAtEnd = true
    }
  }
}
