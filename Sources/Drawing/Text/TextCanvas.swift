/// A rectangle of characters, each also a raster of 2 x 4 braille dots.
struct TextCanvas {
  let columns: Int
  let rows: Int
  private var dots: [UInt8]
  private var characters: [Character?]
  /// Shows only where there are no dots.
  private var ground: [Character]

  init(columns: Int, rows: Int) {
    self.columns = max(columns, 1)
    self.rows = max(rows, 1)
    dots = Array(repeating: 0, count: self.columns * self.rows)
    characters = Array(repeating: nil, count: self.columns * self.rows)
    ground = Array(repeating: " ", count: self.columns * self.rows)
  }

  /// The bit of a dot in U+2800...U+28FF, by its row and column within the character.
  private static let bits: [[UInt8]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]

  /// Dots count from the left top; those outside are left out.
  mutating func dot(_ x: Int, _ y: Int) {
    guard x >= 0, y >= 0, x < 2 * columns, y < 4 * rows else { return }
    dots[y / 4 * columns + x / 2] |= Self.bits[y % 4][x % 2]
  }

  /// Stands over the dots of its place.
  mutating func put(_ character: Character, column: Int, row: Int) {
    guard column >= 0, row >= 0, column < columns, row < rows else { return }
    characters[row * columns + column] = character
  }

  /// Lies under the dots of its place.
  mutating func shade(_ character: Character, column: Int, row: Int) {
    guard column >= 0, row >= 0, column < columns, row < rows else { return }
    ground[row * columns + column] = character
  }

  /// Cut at the right edge. Only for text of single-width characters; others are replaced by `?`.
  mutating func put(_ text: String, column: Int, row: Int) {
    for (offset, character) in text.enumerated() {
      put(TextWidth.of(character) == 1 ? character : "?", column: column + offset, row: row)
    }
  }

  func isFree(column: Int, row: Int) -> Bool {
    column >= 0 && row >= 0 && column < columns && row < rows && characters[row * columns + column] == nil
  }

  /// From the top.
  var lines: [String] {
    (0..<rows).map { row in
      var line = String.UnicodeScalarView()
      for column in 0..<columns {
        let place = row * columns + column
        if let character = characters[place] {
          line.append(contentsOf: character.unicodeScalars)
        } else if dots[place] == 0 {
          line.append(contentsOf: ground[place].unicodeScalars)
        } else {
          line.append(Unicode.Scalar(0x2800 + UInt32(dots[place])) ?? " ")
        }
      }
      return String(line)
    }
  }
}
