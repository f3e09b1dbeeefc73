import LinearAlgebra
import Testing

/// Products in strips against sums in double precision: every height of strip, whole and half widths, what is left over.
@Suite struct MatrixProductTests {
  private static func matrix(_ count: Int, _ name: String) -> FloatBuffer {
    var random = RandomStream(seed: 1, name, count)
    return FloatBuffer((0..<count).map { _ in Float(random.uniform(-1, 1)) })
  }

  private static func check(
    _ c: FloatBuffer, m: Int, n: Int, k: Int, _ left: (Int, Int) -> Float, _ right: (Int, Int) -> Float,
    on before: Double = 0
  ) {
    for i in 0..<m {
      for j in 0..<n {
        let sum = (0..<k).reduce(before) { $0 + Double(left(i, $1)) * Double(right($1, j)) }
        #expect(abs(Double(c.base[i * n + j]) - sum) < 1e-5 * Double(k).squareRoot() + 1e-6, "\(i), \(j)")
      }
    }
  }

  static let sizes = [
    (1, 1, 1), (12, 32, 8), (15, 48, 7), (3, 5, 7), (27, 100, 50), (16, 33, 50), (64, 10, 128), (5, 64, 1500),
    (2, 784, 3),
  ]

  @Test(arguments: sizes)
  func `products are sums of products, and add where asked`(m: Int, n: Int, k: Int) {
    let (a, b, c) = (Self.matrix(m * k, "a"), Self.matrix(n * k, "b"), Self.matrix(m * n, "c"))
    MatrixProduct.multiply(a.base, stride: k, b.base, stride: n, into: c.base, stride: n, m: m, n: n, k: k)
    Self.check(c, m: m, n: n, k: k, { a.base[$0 * k + $1] }, { b.base[$0 * n + $1] })
    MatrixProduct.transposedMultiply(a.base, stride: m, b.base, stride: n, into: c.base, stride: n, m: m, n: n, k: k)
    Self.check(c, m: m, n: n, k: k, { a.base[$1 * m + $0] }, { b.base[$0 * n + $1] })
    c.set(Array(repeating: 0.5, count: m * n))
    MatrixProduct.transposedMultiply(
      a.base, stride: m, b.base, stride: n, into: c.base, stride: n, m: m, n: n, k: k, adds: true)
    Self.check(c, m: m, n: n, k: k, { a.base[$1 * m + $0] }, { b.base[$0 * n + $1] }, on: 0.5)
  }

  @Test(arguments: [(8, 10, 4), (16, 48, 33), (33, 49, 64), (100, 10, 128), (64, 130, 784)])
  func `rows in panels times transposed weights are sums of products, however they are cut`(rows: Int, n: Int, k: Int) {
    let (x, w, c) = (Self.matrix(rows * k, "x"), Self.matrix(n * k, "w"), Self.matrix(rows * n, "c"))
    let panels = FloatBuffer(count: RowPanels.count(rows: rows, columns: k))
    let cut = min(16, rows)
    for part in [0..<cut, cut..<rows] where !part.isEmpty {
      for columns in [0..<(k / 2), (k / 2)..<k] {
        RowPanels.fill(
          panels.base, rows: part, columns: columns, of: k, from: x.base + part.lowerBound * k + columns.lowerBound,
          stride: k)
      }
    }
    for part in [0..<cut, cut..<rows] where !part.isEmpty {
      RowPanels.multiplyTransposed(
        panels.base, rows: part, w.base, stride: k, into: c.base + part.lowerBound * n, stride: n, n: n, k: k)
    }
    Self.check(c, m: rows, n: n, k: k, { x.base[$0 * k + $1] }, { w.base[$1 * k + $0] })
    let once = FloatBuffer(count: rows * n)
    RowPanels.multiplyTransposed(panels.base, rows: 0..<rows, w.base, stride: k, into: once.base, stride: n, n: n, k: k)
    #expect(once.values == c.values)
  }
}
