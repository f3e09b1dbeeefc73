/// Rows written as comma-separated text: what readers of other forms hand to the CSV scanner.
struct RowText {
  private(set) var bytes: [UInt8] = []
  private var isFirst = true

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    isFirst = true
  }

  /// A field: quoted if the scanner would read it otherwise.
  mutating func field(_ content: some Collection<UInt8>) {
    if !isFirst { bytes.append(0x2c) }
    isFirst = false
    guard content.contains(where: Self.isSpecial) else {
      bytes.append(contentsOf: content)
      return
    }
    bytes.append(0x22)
    for byte in content {
      if byte == 0x22 { bytes.append(0x22) }
      bytes.append(byte)
    }
    bytes.append(0x22)
  }

  /// Commas, quotes and line ends.
  private static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x2c, 0x22, 10, 13: true
    default: false
    }
  }

  mutating func endRow() {
    // A row of one empty field would be a blank line, which is no row.
    if bytes.isEmpty || bytes.last == 10 { bytes += [0x22, 0x22] }
    endLine()
  }

  /// A line end without a row before it, so that lines stay counted.
  mutating func endLine() {
    bytes.append(10)
    isFirst = true
  }
}
