/// RFC 4648 base64, with padding and without line breaks.
package enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  package static func encode(_ bytes: some Sequence<UInt8>) -> String {
    let input = Array(bytes)
    return String(unsafeUninitializedCapacity: (input.count + 2) / 3 * 4) { output in
      var end = 0
      for start in stride(from: 0, to: input.count, by: 3) {
        let second = start + 1 < input.count ? input[start + 1] : 0
        let third = start + 2 < input.count ? input[start + 2] : 0
        let group = UInt32(input[start]) << 16 | UInt32(second) << 8 | UInt32(third)
        for (place, shift) in [18, 12, 6, 0].enumerated() {
          let isPadding = start + place > input.count
          output[end] = isPadding ? UInt8(ascii: "=") : alphabet[Int(group >> UInt32(shift)) & 63]
          end += 1
        }
      }
      return end
    }
  }
}
