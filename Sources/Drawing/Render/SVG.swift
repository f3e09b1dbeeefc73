/// An SVG document while it is written: ASCII bytes, presentation attributes only, nothing referenced.
///
/// Pages that show saved notebooks strip `style`, `class`, `id` and whatever refers to them, so none is ever written.
struct SVG {
  enum Anchor: String {
    case start, middle, end
  }

  /// Elements that belong together: a series, the axes, an entry of the legend. Nothing of it is written.
  struct Group {
    var kind: String
    var name: String
    /// Places among the document's elements.
    var elements: Range<Int>
  }

  private(set) var bytes: [UInt8] = []
  private(set) var groups: [Group] = []
  /// Elements among the first `counted` bytes.
  private var elements = 0
  private var counted = 0
  let width: Int
  let height: Int

  init(width: Int, height: Int, title: String, description: String) {
    self.width = width
    self.height = height
    bytes.reserveCapacity(16_384)
    raw("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(width)\" height=\"\(height)\"")
    raw(" viewBox=\"0 0 \(width) \(height)\" font-family=\"Helvetica, Arial, sans-serif\" font-size=\"11\"")
    raw(" fill=\"none\" stroke-linejoin=\"round\">\n<title>")
    text(Shortening.bounded(title, to: 200))
    raw("</title>\n<desc>")
    text(description)
    raw("</desc>\n<rect width=\"\(width)\" height=\"\(height)\" fill=\"#ffffff\"/>\n")
  }

  /// The finished document.
  func finished() -> String {
    String(decoding: bytes + Array("</svg>\n".utf8), as: UTF8.self)
  }

  /// Notes that what `draw` writes belongs together.
  mutating func group(_ kind: String, _ name: String = "", _ draw: (inout SVG) -> Void) {
    let start = elementCount()
    draw(&self)
    let end = elementCount()
    if start < end { groups.append(Group(kind: kind, name: name, elements: start..<end)) }
  }

  /// The elements within the root so far; each opening bracket that does not close one begins one.
  private mutating func elementCount() -> Int {
    for index in counted..<bytes.count
    where bytes[index] == UInt8(ascii: "<") && bytes[index + 1] != UInt8(ascii: "/") { elements += 1 }
    counted = bytes.count
    return elements - 1
  }

  mutating func raw(_ text: String) { bytes.append(contentsOf: text.utf8) }

  mutating func text(_ text: String) { Markup.append(text, to: &bytes, asciiOnly: true) }

  /// A coordinate with at most one decimal, without trailing zeros; what is not finite becomes 0 and never gets this far.
  mutating func number(_ value: Double) {
    guard value.isFinite else { return bytes.append(UInt8(ascii: "0")) }
    let tenths = Int((min(max(value, -1e6), 1e6) * 10).rounded())
    if tenths < 0 { bytes.append(UInt8(ascii: "-")) }
    digits(tenths.magnitude / 10)
    let rest = UInt8(tenths.magnitude % 10)
    if rest > 0 {
      bytes.append(UInt8(ascii: "."))
      bytes.append(UInt8(ascii: "0") + rest)
    }
  }

  private mutating func digits(_ value: UInt) {
    if value >= 10 { digits(value / 10) }
    bytes.append(UInt8(ascii: "0") + UInt8(value % 10))
  }

  mutating func attribute(_ name: String, _ value: Double) {
    raw(" \(name)=\"")
    number(value)
    raw("\"")
  }

  mutating func attribute(_ name: String, _ value: String) {
    raw(" \(name)=\"")
    text(value)
    raw("\"")
  }
}
