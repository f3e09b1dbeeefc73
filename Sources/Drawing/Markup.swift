import Vocabulary

/// Text made safe inside markup.
package enum Markup {
  /// For HTML and XML text and double-quoted attributes; control and invisible characters as a string has them.
  package static func escaped(_ text: String, asciiOnly: Bool = false) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    append(text, to: &bytes, asciiOnly: asciiOnly)
    return String(decoding: bytes, as: UTF8.self)
  }

  static func append(_ text: String, to bytes: inout [UInt8], asciiOnly: Bool) {
    for scalar in VisibleText.cleaned(text).unicodeScalars {
      switch scalar {
      case "&": bytes += Array("&amp;".utf8)
      case "<": bytes += Array("&lt;".utf8)
      case ">": bytes += Array("&gt;".utf8)
      case "\"": bytes += Array("&quot;".utf8)
      case "\t", "\n": bytes.append(0x20)
      case let other where isForbidden(other.value): continue
      case let other where other.isASCII: bytes.append(UInt8(other.value))
      case let other where asciiOnly: bytes += Array("&#\(other.value);".utf8)
      default: bytes += Array(String(scalar).utf8)
      }
    }
  }

  /// The non-characters that XML 1.0 (2.2 Characters) leaves out; control characters are cleaned already.
  private static func isForbidden(_ code: UInt32) -> Bool { code & 0xFFFE == 0xFFFE }
}
