import LinearAlgebra
import Testing

/// Products against sums in double precision.
@Suite struct BLASTests {
  @Test(arguments: [(1, 1, 1), (3, 5, 7), (16, 33, 50), (64, 10, 128)])
  func `products of every form are sums of products`(m: Int, n: Int, k: Int) {
    var random = RandomStream(seed: 1, "blas", m)
    func matrix(_ count: Int) -> FloatBuffer { FloatBuffer((0..<count).map { _ in Float(random.uniform(-1, 1)) }) }
    let (a, b, c) = (matrix(m * k), matrix(n * k), matrix(m * n))
    func check(_ left: (Int, Int) -> Float, _ right: (Int, Int) -> Float) {
      for i in 0..<m {
        for j in 0..<n {
          let sum = (0..<k).reduce(0.0) { $0 + Double(left(i, $1)) * Double(right($1, j)) }
          #expect(abs(Double(c.base[i * n + j]) - sum) < 1e-5)
        }
      }
    }
    BLAS.multiplyTransposed(a.base, stride: k, b.base, stride: k, into: c.base, stride: n, m: m, n: n, k: k)
    check({ a.base[$0 * k + $1] }, { b.base[$1 * k + $0] })
    BLAS.multiply(a.base, stride: k, b.base, stride: n, into: c.base, stride: n, m: m, n: n, k: k)
    check({ a.base[$0 * k + $1] }, { b.base[$0 * n + $1] })
    BLAS.transposedMultiply(a.base, stride: m, b.base, stride: n, into: c.base, stride: n, m: m, n: n, k: k)
    check({ a.base[$1 * m + $0] }, { b.base[$0 * n + $1] })
  }
}
