import LinearAlgebra
import Testing

@Suite struct CholeskyTests {
  /// Symmetric, diagonally dominant: positive definite. Above the diagonal stands what must not be read.
  private func matrix(_ size: Int) -> [Double] {
    var random = RandomStream(seed: 1, "matrix", size)
    var matrix = [Double](repeating: .nan, count: size * size)
    for i in 0..<size {
      for j in 0..<i { matrix[i * size + j] = random.uniform() - 0.5 }
      matrix[i * size + i] = Double(size) / 2 + 1
    }
    return matrix
  }

  /// Sizes around those where halves and single rows change over.
  @Test(arguments: [0, 1, 2, 7, 31, 32, 33, 40, 64, 65, 66, 129, 200])
  func `factor, solution and inverse give the matrix back`(size: Int) {
    let a = matrix(size)
    func at(_ i: Int, _ j: Int) -> Double { i >= j ? a[i * size + j] : a[j * size + i] }
    var factor = Cholesky(size: size)
    let isPositive = factor.factor { $0 = a }
    #expect(isPositive)
    var errors: [Double] = []
    for i in 0..<size {
      for j in 0...i {
        let product = (0...j).reduce(0) { $0 + factor.lower[i * size + $1] * factor.lower[j * size + $1] }
        errors.append(abs(product - at(i, j)))
      }
    }
    let b = (0..<size).map { 1 + Double($0 % 5) }
    let x = factor.solve(b)
    for i in 0..<size {
      errors.append(abs((0..<size).reduce(-b[i]) { $0 + at(i, $1) * x[$1] }))
    }
    var inverse = [Double](repeating: .nan, count: size * size)
    factor.invert(into: &inverse)
    for i in 0..<size {
      for j in 0...i {
        let entry = (0..<size).reduce(0) {
          $0 + (i >= $1 ? inverse[i * size + $1] : inverse[$1 * size + i]) * at($1, j)
        }
        errors.append(abs(entry - (i == j ? 1 : 0)))
      }
    }
    #expect(errors.allSatisfy { $0 < 1e-11 })
  }

  @Test(arguments: [3, 40, 100])
  func `a matrix that is not positive definite is refused, and the room takes the next one`(size: Int) {
    var indefinite = matrix(size)
    indefinite[size * size - 1] = -1
    var factor = Cholesky(size: size)
    let first = factor.factor { $0 = indefinite }
    let second = factor.factor { $0 = matrix(size) }
    #expect(!first && second)
    var other = Cholesky(size: size)
    _ = other.factor { $0 = matrix(size) }
    let b = [Double](repeating: 1, count: size)
    #expect(factor.solve(b) == other.solve(b))
  }

  @Test func `columns are solved as single ones are`() {
    let (size, columns) = (70, 9)
    var factor = Cholesky(size: size)
    _ = factor.factor { $0 = matrix(size) }
    var random = RandomStream(seed: 2, "columns")
    let b = (0..<size * columns).map { _ in random.uniform() }
    var solved = b
    factor.solveLower(&solved, columns: columns)
    for column in 0..<columns {
      let single = factor.solveLower((0..<size).map { b[$0 * columns + column] })
      for row in 0..<size { #expect(abs(single[row] - solved[row * columns + column]) < 1e-13) }
    }
  }
}
