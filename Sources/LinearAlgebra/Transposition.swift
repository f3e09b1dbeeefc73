/// Copies of matrices with rows and columns exchanged, 16 x 16 numbers at a time in registers.
enum Transposition {
  /// target[j, i] = source[i, j] for `rows` x `columns` of the source; distances between rows in numbers.
  static func copy(
    _ source: UnsafePointer<Float>, stride: Int, rows: Int, columns: Int, to target: UnsafeMutablePointer<Float>,
    stride targetStride: Int
  ) {
    let (wholeRows, wholeColumns) = (rows / 16 * 16, columns / 16 * 16)
    for i in Swift.stride(from: 0, to: wholeRows, by: 16) {
      for j in Swift.stride(from: 0, to: wholeColumns, by: 16) {
        block(source + (i * stride + j), stride, target + (j * targetStride + i), targetStride)
      }
    }
    for i in 0..<rows {
      for j in (i < wholeRows ? wholeColumns : 0)..<columns { target[j * targetStride + i] = source[i * stride + j] }
    }
  }

  /// Four rounds, each riffling the upper eight vectors into the lower eight as two halves of a pack of cards: every round
  /// moves one bit of the lane's number into the vector's.
  @inline(__always)
  private static func block(
    _ source: UnsafePointer<Float>, _ stride: Int, _ target: UnsafeMutablePointer<Float>, _ targetStride: Int
  ) {
    var lines = InlineArray<16, SIMD16<Float>>(repeating: .zero)
    for i in 0..<16 { lines[i] = UnsafeRawPointer(source + i &* stride).loadUnaligned(as: SIMD16<Float>.self) }
    for _ in 0..<4 {
      var next = InlineArray<16, SIMD16<Float>>(repeating: .zero)
      for i in 0..<8 {
        next[2 &* i] = riffle(lines[i].lowHalf, lines[i &+ 8].lowHalf)
        next[2 &* i &+ 1] = riffle(lines[i].highHalf, lines[i &+ 8].highHalf)
      }
      lines = next
    }
    for i in 0..<16 {
      UnsafeMutableRawPointer(target + i &* targetStride).storeBytes(of: lines[i], as: SIMD16<Float>.self)
    }
  }

  @inline(__always)
  private static func riffle(_ even: SIMD8<Float>, _ odd: SIMD8<Float>) -> SIMD16<Float> {
    var lanes = SIMD16<Float>.zero
    lanes.evenHalf = even
    lanes.oddHalf = odd
    return lanes
  }
}
