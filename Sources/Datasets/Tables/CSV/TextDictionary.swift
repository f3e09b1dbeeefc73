import Foundation

/// Numbers the different texts of a column in order of first appearance, without a `String` for each cell.
///
/// An open-addressing table over texts that lie one after another in one array.
struct TextDictionary {
  private var bytes: [UInt8] = []
  /// Where each text begins; one more for the end of the last.
  private var starts: [Int] = [0]
  private var hashes: [UInt32] = []
  /// Places of texts by hash, -1 for none. The count is a power of two.
  private var table = [Int32](repeating: -1, count: 64)
  /// The first row of each text.
  private(set) var firstRows: [Int32] = []

  var count: Int { hashes.count }

  func text(_ place: Int) -> ArraySlice<UInt8> { bytes[starts[place]..<starts[place + 1]] }

  /// The number of a text, which is added if it is new. Constant time on average.
  mutating func place(_ start: UnsafePointer<UInt8>, _ length: Int, row: Int) -> Int32 {
    let hash = Self.hash(start, length)
    var slot = Int(hash) & (table.count - 1)
    while true {
      let place = table[slot]
      if place < 0 { break }
      let found = Int(place)
      if hashes[found] == hash, starts[found + 1] - starts[found] == length, equals(starts[found], start, length) {
        return place
      }
      slot = (slot + 1) & (table.count - 1)
    }
    let place = Int32(hashes.count)
    table[slot] = place
    bytes.append(contentsOf: UnsafeBufferPointer(start: start, count: length))
    starts.append(bytes.count)
    hashes.append(hash)
    firstRows.append(Int32(truncatingIfNeeded: row))
    if 2 * hashes.count > table.count { grow() }
    return place
  }

  private func equals(_ place: Int, _ start: UnsafePointer<UInt8>, _ length: Int) -> Bool {
    bytes.withUnsafeBufferPointer { $0.baseAddress.map { memcmp($0 + place, start, length) == 0 } ?? (length == 0) }
  }

  private mutating func grow() {
    table = [Int32](repeating: -1, count: table.count * 4)
    for (place, hash) in hashes.enumerated() {
      var slot = Int(hash) & (table.count - 1)
      while table[slot] >= 0 { slot = (slot + 1) & (table.count - 1) }
      table[slot] = Int32(place)
    }
  }

  /// Eight bytes at a time through a multiplication, as wyhash does.
  private static func hash(_ start: UnsafePointer<UInt8>, _ length: Int) -> UInt32 {
    var state = UInt64(truncatingIfNeeded: length) &* 0x9e37_79b9_7f4a_7c15
    let raw = UnsafeRawPointer(start)
    var place = 0
    while place + 8 <= length {
      state = mix(state ^ raw.loadUnaligned(fromByteOffset: place, as: UInt64.self))
      place += 8
    }
    var rest: UInt64 = 0
    while place < length {
      rest = rest << 8 | UInt64(start[place])
      place += 1
    }
    state = mix(state ^ rest)
    return UInt32(truncatingIfNeeded: state ^ state >> 32)
  }

  @inline(__always)
  private static func mix(_ value: UInt64) -> UInt64 {
    let (high, low) = value.multipliedFullWidth(by: 0xa076_1d64_78bd_642f)
    return high ^ low
  }
}
