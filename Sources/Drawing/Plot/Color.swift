/// An opaque sRGB colour.
package struct Color: Sendable, Hashable {
  package var red: UInt8
  package var green: UInt8
  package var blue: UInt8

  package init(_ hex: UInt32) {
    red = UInt8(hex >> 16 & 255)
    green = UInt8(hex >> 8 & 255)
    blue = UInt8(hex & 255)
  }

  init(red: Double, green: Double, blue: Double) {
    self.red = UInt8(min(max(red, 0), 255).rounded())
    self.green = UInt8(min(max(green, 0), 255).rounded())
    self.blue = UInt8(min(max(blue, 0), 255).rounded())
  }

  var hex: String {
    let value = UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue)
    let text = String(value, radix: 16)
    return "#" + String(repeating: "0", count: 6 - text.count) + text
  }

  /// A place between two colours, 0 is `self`.
  func mixed(with other: Color, _ share: Double) -> Color {
    func mix(_ a: UInt8, _ b: UInt8) -> Double { Double(a) + (Double(b) - Double(a)) * share }
    return Color(red: mix(red, other.red), green: mix(green, other.green), blue: mix(blue, other.blue))
  }

  /// Relative luminance in 0...1 (WCAG 2.1): text on the colour is white below 0.4.
  var luminance: Double {
    func linear(_ channel: UInt8) -> Double {
      let share = Double(channel) / 255
      return share * share * (0.2 + 0.8 * share)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  // The palette of Okabe and Ito, "Color Universal Design" (2008), which people with any common colour blindness tell apart.
  package static let blue = Color(0x0072B2)
  package static let vermillion = Color(0xD55E00)
  package static let green = Color(0x009E73)
  package static let purple = Color(0xCC79A7)
  package static let orange = Color(0xE69F00)
  package static let sky = Color(0x56B4E9)
  package static let black = Color(0x000000)
  package static let white = Color(0xFFFFFF)
  package static let grey = Color(0x8A8A8A)
  package static let pale = Color(0xE3E3E3)
  package static let text = Color(0x262626)
  static let axis = Color(0x4D4D4D)
  static let grid = Color(0xE6E6E6)
  static let quiet = Color(0x595959)

  package static let series: [Color] = [.blue, .vermillion, .green, .purple, .orange, .sky, .black]
}
