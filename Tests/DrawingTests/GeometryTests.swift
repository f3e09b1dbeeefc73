import Drawing
import Testing

@Suite struct GeometryTests {
  @Test func `fronts agree with optuna's`() {
    for (points, maximizes, best) in OptunaReference.fronts {
      let front = ParetoChart.front(points, maximizes: maximizes)
      #expect(front.indices.filter { front[$0] } == best)
    }
    #expect(ParetoChart.front([[1, .nan], [1, 2]], maximizes: [false, false]) == [false, true])
  }

  @Test func `ranks agree with optuna's`() {
    for (values, ranks) in OptunaReference.ranks {
      #expect(RankChart.ranks(values, maximizes: false) == ranks)
      #expect(RankChart.ranks(values.map { -$0 }, maximizes: true) == ranks)
    }
  }

  /// The area within the outlines of a cone's level is that of a circle.
  @Test func `outlines enclose what lies above`() {
    let axis = (0...100).map { Double($0) / 100 }
    func distance(_ x: Double, _ y: Double) -> Double { ((x - 0.5) * (x - 0.5) + (y - 0.5) * (y - 0.5)).squareRoot() }
    let cone = axis.map { y in axis.map { x in 1 - distance(x, y) } }
    let outlines = Outlines.of(cone, u: axis, v: axis, atLeast: 0.7)
    #expect(outlines.count == 1)
    #expect((Self.area(outlines) - 0.09 * Double.pi).magnitude < 1e-3)
    // Below the saddle of two hills there is one outline, above it two.
    let hills = axis.map { y in axis.map { x in 1 - min(distance(x + 0.25, y), distance(x - 0.25, y)) } }
    #expect(Outlines.of(hills, u: axis, v: axis, atLeast: 0.8).count == 2)
    #expect(Outlines.of(hills, u: axis, v: axis, atLeast: 0.72).count == 1)
    // The whole square, and the square without a hole of unknown values.
    #expect((Self.area(Outlines.of(cone, u: axis, v: axis, atLeast: -1)) - 1).magnitude < 1e-9)
    let holed = cone.map { row in row.map { $0 > 0.8 ? .nan : $0 } }
    let ring = Outlines.of(holed, u: axis, v: axis, atLeast: 0)
    #expect(
      ring.count == 2
        && (abs(Self.area([ring[0]]) - Self.area([ring[1]])).magnitude - (1 - 0.04 * Double.pi)).magnitude < 0.02)
  }

  private static func area(_ outlines: [Outline]) -> Double {
    outlines.reduce(0) { sum, outline in
      let count = outline.u.count
      let twice = (0..<count).reduce(0.0) { sum, index in
        let next = (index + 1) % count
        return sum + outline.u[index] * outline.v[next] - outline.u[next] * outline.v[index]
      }
      return sum + (twice / 2).magnitude
    }
  }

  @Test func `a surface follows a plane and stays within its points`() {
    var noise = Noise(31)
    let points = (0..<80).map { _ -> Surface.Point in
      let (u, v) = (noise.next(), noise.next())
      return Surface.Point(u: u, v: v, value: 0.3 + 0.4 * u - 0.2 * v)
    }
    let surface = Surface(points)
    for (u, v) in [(0.5, 0.5), (0.3, 0.7), (0.8, 0.2)] {
      #expect((surface.value(u: u, v: v) - (0.3 + 0.4 * u - 0.2 * v)).magnitude < 0.03)
    }
    for place in [-1.0, 0, 0.5, 1, 2] {
      #expect((0.1...0.7).contains(surface.value(u: place, v: 1 - place)))
    }
    #expect(Surface([.init(u: 0.5, v: 0.5, value: 2)]).value(u: 0.1, v: 0.9) == 2)
  }

  @Test func `the png agrees with zlib's`() {
    let count = PNGReference.width * PNGReference.height
    let pixels = (0..<count).map { UInt8($0 * 17 % 256) }
    let file = PNG.grey(pixels, width: PNGReference.width, height: PNGReference.height)
    #expect(Base64.encode(file) == PNGReference.base64)
  }

  /// More than one stored block: 300 rows of 301 bytes do not fit in 65,535.
  @Test func `a larger png has several blocks and zlib's checksum`() {
    let file = PNG.grey((0..<90_000).map { UInt8($0 * $0 % 251) }, width: 300, height: 300)
    let rows = 300 * 301
    // Signature, IHDR, IDAT's header and zlib's, two block headers, the rows; then Adler-32, CRC and IEND.
    let end = 8 + 25 + 8 + 2 + 2 * 5 + rows
    #expect(file.count == end + 4 + 4 + 12)
    let checksum = file[end..<(end + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    #expect(checksum == PNGReference.adlerOfLarge)
  }

  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
    ("foobar", "Zm9vYmFy"),
  ])
  func `base64 of RFC 4648's vectors`(text: String, encoded: String) {
    #expect(Base64.encode(text.utf8) == encoded)
  }
}
