/// The files of a zip archive, read through its central directory (APPNOTE 6.3; zip64 sizes where they are used).
struct ZipArchive {
  struct Entry {
    var name: String
    var method: Int
    var packed: Int
    var size: Int
    var header: Int
  }

  let bytes: [UInt8]
  let path: String
  private(set) var entries: [Entry] = []

  init(path: String) throws {
    self.path = path
    bytes = try FileBytes.read(path)
    guard bytes.starts(with: [0x50, 0x4b]) else { throw DataError("\(path) is not an npz (zip) archive") }
    guard let end = endOfDirectory() else { throw damaged }
    var place = end.start
    for _ in 0..<end.count {
      guard place + 46 <= bytes.count, word(place) == 0x0201_4b50 else { throw damaged }
      let (nameLength, extraLength, commentLength) = (half(place + 28), half(place + 30), half(place + 32))
      guard place + 46 + nameLength + extraLength <= bytes.count else { throw damaged }
      var entry = Entry(
        name: String(decoding: bytes[(place + 46)..<(place + 46 + nameLength)], as: UTF8.self),
        method: half(place + 10),
        packed: word(place + 20), size: word(place + 24), header: word(place + 42))
      wide(&entry, from: place + 46 + nameLength, count: extraLength)
      entries.append(entry)
      place += 46 + nameLength + extraLength + commentLength
    }
  }

  func content(_ entry: Entry) throws -> [UInt8] {
    guard entry.header + 30 <= bytes.count, word(entry.header) == 0x0403_4b50 else { throw damaged }
    let start = entry.header + 30 + half(entry.header + 26) + half(entry.header + 28)
    guard start >= 0, entry.packed >= 0, start + entry.packed <= bytes.count else { throw damaged }
    let raw = bytes[start..<(start + entry.packed)]
    switch entry.method {
    case 0: return Array(raw)
    case 8:
      let content = try Deflate.raw(raw, size: entry.size, what: "\(path): \(entry.name)")
      guard content.count == entry.size else { throw damaged }
      return content
    default: throw DataError("\(path): \(entry.name) is packed by method \(entry.method), which is not read")
    }
  }

  private var damaged: DataError { DataError("\(path) is damaged or cut off", hint: "write or copy it again") }

  private func endOfDirectory() -> (start: Int, count: Int)? {
    guard bytes.count >= 22 else { return nil }
    for place in stride(from: bytes.count - 22, through: max(0, bytes.count - 66_000), by: -1)
    where word(place) == 0x0605_4b50 {
      let (start, count) = (word(place + 16), half(place + 10))
      // Zip64: a locator stands before, its record holds the wide numbers.
      if start == 0xffff_ffff || count == 0xffff, place >= 20, word(place - 20) == 0x0706_4b50 {
        let record = long(place - 20 + 8)
        guard record + 56 <= bytes.count, word(record) == 0x0606_4b50 else { return nil }
        return (long(record + 48), long(record + 32))
      }
      return (start, count)
    }
    return nil
  }

  private func wide(_ entry: inout Entry, from start: Int, count: Int) {
    var place = start
    while place + 4 <= start + count {
      let (kind, length) = (half(place), half(place + 2))
      if kind == 1 {
        var field = place + 4
        func next() -> Int? {
          guard field + 8 <= start + count else { return nil }
          defer { field += 8 }
          return long(field)
        }
        if entry.size == 0xffff_ffff, let value = next() { entry.size = value }
        if entry.packed == 0xffff_ffff, let value = next() { entry.packed = value }
        if entry.header == 0xffff_ffff, let value = next() { entry.header = value }
      }
      place += 4 + length
    }
  }

  private func half(_ place: Int) -> Int { Int(bytes[place]) | Int(bytes[place + 1]) << 8 }
  private func word(_ place: Int) -> Int { half(place) | half(place + 2) << 16 }
  private func long(_ place: Int) -> Int {
    guard place >= 0, place + 8 <= bytes.count else { return .max / 4 }
    // Anything beyond the file is damage; it fails the bounds checks that follow.
    return word(place) | min(word(place + 4), 0x3fff) << 32
  }
}
