import Glibc

/// The lines of a file from its last one back, read a piece at a time: the end of a long file costs no more than the end
/// of a short one. Empty lines are skipped; a file that cannot be read has no lines.
final class LinesBackwards: Sequence, IteratorProtocol {
  private static let pieceSize = 64 << 10

  private let descriptor: Int32
  /// Where in the file `unread` begins.
  private var start: Int
  /// What has been read and not given yet.
  private var unread: [UInt8] = []

  init(of path: String) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    start = descriptor >= 0 ? Swift.max(0, lseek(descriptor, 0, SEEK_END)) : 0
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  func next() -> [UInt8]? {
    while true {
      if let newline = unread.lastIndex(of: UInt8(ascii: "\n")) {
        let line = Array(unread[(newline + 1)...])
        unread.removeLast(unread.count - newline)
        if !line.isEmpty { return line }
      } else if start > 0 {
        readEarlierPiece()
      } else {
        defer { unread = [] }
        return unread.isEmpty ? nil : unread
      }
    }
  }

  private func readEarlierPiece() {
    let size = Swift.min(Self.pieceSize, start)
    var piece = [UInt8](repeating: 0, count: size)
    let count = pread(descriptor, &piece, size, start - size)
    guard count == size else {
      (start, unread) = (0, [])
      return
    }
    start -= size
    unread = piece + unread
  }
}
