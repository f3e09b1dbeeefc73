/// The smallest honest PNG writer: 8-bit grey or palette, no compression (stored deflate blocks). For sample images of a few kilobytes.
package enum PNG {
  /// - Parameter pixels: row by row from the top, 0 black to 255 white; `width * height` of them.
  /// - Returns: a file after the PNG specification (W3C, third edition). O(pixels).
  package static func grey(_ pixels: [UInt8], width: Int, height: Int) -> [UInt8] {
    file(pixels, width: width, height: height, colorType: 0, palette: [])
  }

  /// - Parameters:
  ///   - pixels: row by row from the top, places in the palette.
  ///   - palette: at most 256 colours.
  package static func indexed(_ pixels: [UInt8], palette: [Color], width: Int, height: Int) -> [UInt8] {
    file(pixels, width: width, height: height, colorType: 3, palette: palette)
  }

  private static func file(
    _ pixels: [UInt8], width: Int, height: Int, colorType: UInt8, palette: [Color]
  ) -> [UInt8] {
    precondition(pixels.count == width * height, "a PNG of \(width) x \(height) needs as many pixels")
    var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    append("IHDR", bigEndian(UInt32(width)) + bigEndian(UInt32(height)) + [8, colorType, 0, 0, 0], to: &file)
    if !palette.isEmpty { append("PLTE", palette.flatMap { [$0.red, $0.green, $0.blue] }, to: &file) }
    var rows: [UInt8] = []
    rows.reserveCapacity((width + 1) * height)
    for row in 0..<height {
      rows.append(0)
      rows += pixels[(row * width)..<((row + 1) * width)]
    }
    append("IDAT", stored(rows), to: &file)
    append("IEND", [], to: &file)
    return file
  }

  private static func append(_ type: String, _ data: [UInt8], to file: inout [UInt8]) {
    let body = Array(type.utf8) + data
    file += bigEndian(UInt32(data.count)) + body + bigEndian(crc(body))
  }

  /// A zlib stream (RFC 1950) of stored blocks (RFC 1951, 3.2.4).
  private static func stored(_ data: [UInt8]) -> [UInt8] {
    var stream: [UInt8] = [0x78, 0x01]
    var start = 0
    repeat {
      let end = min(start + 65_535, data.count)
      let size = UInt16(end - start)
      stream.append(end == data.count ? 1 : 0)
      stream += [UInt8(size & 255), UInt8(size >> 8), UInt8(~size & 255), UInt8(~size >> 8)]
      stream += data[start..<end]
      start = end
    } while start < data.count
    return stream + bigEndian(adler(data))
  }

  private static func bigEndian(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(value >> UInt32($0) & 255) }
  }

  private static func crc(_ bytes: [UInt8]) -> UInt32 {
    var register = UInt32.max
    for byte in bytes {
      register ^= UInt32(byte)
      for _ in 0..<8 { register = register & 1 == 1 ? 0xEDB8_8320 ^ register >> 1 : register >> 1 }
    }
    return ~register
  }

  private static func adler(_ bytes: [UInt8]) -> UInt32 {
    var low: UInt32 = 1
    var high: UInt32 = 0
    for byte in bytes {
      low = (low + UInt32(byte)) % 65_521
      high = (high + low) % 65_521
    }
    return high << 16 | low
  }
}
