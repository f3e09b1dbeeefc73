// Made by make.py; do not edit.
// swift-format-ignore-file

/// A small grey image written with Python's zlib (level 0), and the checksum of a larger one's rows.
enum PNGReference {
  static let width = 5
  static let height = 3
  static let base64 = "iVBORw0KGgoAAAANSUhEUgAAAAUAAAADCAAAAAB+XZokAAAAHUlEQVR4AQESAO3/AAARIjNEAFVmd4iZAKq7zN3uKOkG+kvo9o8AAAAASUVORK5CYII="
  /// Of 300 x 300 pixels, pixel i is i * i % 251.
  static let adlerOfLarge: UInt32 = 3408795022
}
