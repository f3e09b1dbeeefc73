import CIconv
import Foundation

/// A text in another encoding, as UTF-8, by iconv.
final class DecodedSource: ByteSource {
  let path: String
  private let source: any ByteSource
  private let encoding: String
  private var converter: iconv_t?
  /// Bytes that are not converted yet: at most the beginning of a character, and the next block.
  private var waiting: [UInt8] = []
  private var ready: [UInt8] = []
  private var isAtEnd = false

  /// Throws a `DataError` if iconv does not know the encoding.
  init(_ source: any ByteSource, encoding: String) throws {
    (self.source, self.encoding, path) = (source, encoding, source.path)
    try open()
  }

  deinit { if let converter { iconv_close(converter) } }

  var size: Int? { source.size }
  var taken: Int { source.taken }

  func rewind() throws {
    try source.rewind()
    if let converter { iconv_close(converter) }
    converter = nil
    (waiting, ready, isAtEnd) = ([], [], false)
    try open()
  }

  func read(into memory: UnsafeMutableRawBufferPointer) throws -> Int {
    while ready.isEmpty {
      if isAtEnd { return 0 }
      let block = try source.next(1 << 18)
      isAtEnd = block.isEmpty
      waiting += block
      try convert()
    }
    let count = min(memory.count, ready.count)
    ready.withUnsafeBytes { memory.copyMemory(from: .init(rebasing: $0[..<count])) }
    ready.removeFirst(count)
    return count
  }

  private func open() throws {
    let opened = iconv_open("UTF-8", encoding)
    guard Int(bitPattern: opened) != -1 else {
      throw DataError("encoding=\"\(encoding)\" is not known", hint: "use for example utf-8, utf-16, cp1252 or latin1")
    }
    converter = opened
  }

  private func convert() throws {
    guard let converter, !waiting.isEmpty else { return }
    var output = [UInt8](repeating: 0, count: 4 * waiting.count + 16)
    var (left, room) = (waiting.count, output.count)
    let status: Int = waiting.withUnsafeMutableBytes { input in
      output.withUnsafeMutableBytes { target in
        var from = input.baseAddress?.assumingMemoryBound(to: CChar.self)
        var to = target.baseAddress?.assumingMemoryBound(to: CChar.self)
        return Int(iconv(converter, &from, &left, &to, &room))
      }
    }
    // EINVAL is the beginning of a character whose rest is in the next block.
    if status == -1, errno != EINVAL || isAtEnd {
      throw DataError("\(path) is not \(encoding) text", hint: "encoding= names another, for example encoding=cp1252")
    }
    ready = Array(output[..<(output.count - room)])
    waiting = Array(waiting.suffix(left))
  }

  /// Bytes of the Windows code page for Western languages as text; bytes that it leaves out become U+FFFD.
  static func westernText(_ bytes: some Sequence<UInt8>) -> String {
    let high: [UInt16] = [
      0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0xfffd,
      0x017d, 0xfffd, 0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a,
      0x0153, 0xfffd, 0x017e, 0x0178,
    ]
    let units = bytes.map { (0x80..<0xa0).contains($0) ? high[Int($0) - 0x80] : UInt16($0) }
    return String(decoding: units, as: UTF16.self)
  }
}
