/// Writes protocol buffers' wire format: a key (field number and type), then the value.
/// https://protobuf.dev/programming-guides/encoding
struct Protobuf {
  private(set) var bytes: [UInt8] = []

  mutating func add(_ field: Int, _ number: Int) {
    key(field, type: 0)
    varint(UInt64(bitPattern: Int64(number)))
  }

  mutating func add(_ field: Int, _ number: Float) {
    key(field, type: 5)
    withUnsafeBytes(of: number.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func add(_ field: Int, _ text: String) { add(field, Array(text.utf8)) }

  mutating func add(_ field: Int, _ message: Protobuf) { add(field, message.bytes) }

  mutating func add(_ field: Int, _ content: [UInt8]) {
    key(field, type: 2)
    varint(UInt64(content.count))
    bytes += content
  }

  private mutating func key(_ field: Int, type: Int) { varint(UInt64(field << 3 | type)) }

  /// Seven bits a byte, the lowest first; the top bit says that more follow.
  private mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
