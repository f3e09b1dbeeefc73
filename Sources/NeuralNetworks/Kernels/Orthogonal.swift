import LinearAlgebra

/// The quintic Newton-Schulz iteration of K. Jordan's Muon: singular values of any size come near to 1 (0.7 to 1.2).
enum Orthogonal {
  private static let (a, b, c): (Float, Float, Float) = (3.4445, -4.7750, 2.0315)

  /// x, rows x columns, becomes nearly orthogonal in place; five iterations.
  static func approach(
    _ x: UnsafeMutablePointer<Float>, rows: Int, columns: Int, scratch: UnsafeMutablePointer<Float>
  ) {
    let count = rows * columns
    var square = 0.0
    for i in 0..<count { square += Double(x[i]) * Double(x[i]) }
    let inverse = Float(1 / max(square.squareRoot(), 1e-7))
    for i in 0..<count { x[i] *= inverse }
    for _ in 0..<5 { iterate(x, rows, columns, scratch) }
  }

  /// x becomes a x + (b A + c A A) x with A = x xᵀ, or the same from the other side where that A is smaller.
  private static func iterate(
    _ x: UnsafeMutablePointer<Float>, _ rows: Int, _ columns: Int, _ scratch: UnsafeMutablePointer<Float>
  ) {
    let (count, least) = (rows * columns, min(rows, columns))
    let (product, gram, mixed) = (scratch, scratch + count, scratch + count + least * least)
    if rows <= columns {
      BLAS.multiplyTransposed(
        x, stride: columns, x, stride: columns, into: gram, stride: least, m: rows, n: rows, k: columns)
    } else {
      MatrixProduct.transposedMultiply(
        x, stride: columns, x, stride: columns, into: gram, stride: least, m: columns, n: columns, k: rows)
    }
    MatrixProduct.multiply(
      gram, stride: least, gram, stride: least, into: mixed, stride: least, m: least, n: least, k: least)
    for i in 0..<(least * least) { mixed[i] = b * gram[i] + c * mixed[i] }
    if rows <= columns {
      MatrixProduct.multiply(
        mixed, stride: least, x, stride: columns, into: product, stride: columns, m: rows, n: columns, k: rows)
    } else {
      MatrixProduct.multiply(
        x, stride: columns, mixed, stride: least, into: product, stride: columns, m: rows, n: columns, k: columns)
    }
    for i in 0..<count { x[i] = a * x[i] + product[i] }
  }
}
