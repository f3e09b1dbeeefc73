/// The innermost product: `height` rows of the result, as wide as `Line`, held in registers from the first step to the
/// last. 12 rows of 32 numbers, a loaded row and a broadcast number fill the 32 registers of AVX-512 (K. Goto and R. van de
/// Geijn, 2008, on why the result and not an operand stays in registers).
///
/// Each number of the result is one chain of fused multiply-adds in the order of the steps, whatever the height and the
/// width: how a product is cut never changes a number.
enum MatrixStrip<let height: Int, Line: MatrixLine> {
  /// c[i] = sum over p of a[i aRow + p aStep] b[p bRow...], on top of what c holds where `adds`.
  // A function of its own for every height and width: inlined into one, the compiler no longer unrolls its loops, and the
  // sums leave the registers.
  @inline(never)
  static func multiply(_ product: MatrixOperands, adds: Bool) {
    var sums = InlineArray<height, Line>(repeating: Line())
    let c = product.c
    if adds {
      for i in 0..<height { sums[unchecked: i] = Line(c + i &* product.cRow) }
    }
    // A distance of 1 said as a constant is folded into the addresses.
    if product.aStep == 1 {
      accumulate(product, product.aRow, 1, &sums)
    } else {
      accumulate(product, 1, product.aStep, &sums)
    }
    for i in 0..<height { sums[unchecked: i].store(c + i &* product.cRow) }
  }

  @inline(__always)
  private static func accumulate(
    _ product: MatrixOperands, _ aRow: Int, _ aStep: Int, _ sums: inout InlineArray<height, Line>
  ) {
    let (a, b, bRow) = (product.a, product.b, product.bRow)
    for p in 0..<product.steps {
      let line = Line(b + p &* bRow)
      for i in 0..<height { sums[unchecked: i].add(a[i &* aRow &+ p &* aStep], line) }
    }
  }
}

/// Neighbouring numbers of a row in registers.
protocol MatrixLine {
  init()
  init(_ place: UnsafePointer<Float>)
  func store(_ place: UnsafeMutablePointer<Float>)
  /// Adds factor times line, fused.
  mutating func add(_ factor: Float, _ line: Self)
}

/// 16 numbers.
struct NarrowLine: MatrixLine {
  var numbers = SIMD16<Float>.zero

  @inline(__always) init() {}
  @inline(__always) init(_ place: UnsafePointer<Float>) {
    numbers = UnsafeRawPointer(place).loadUnaligned(as: SIMD16<Float>.self)
  }
  @inline(__always) func store(_ place: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(place).storeBytes(of: numbers, as: SIMD16<Float>.self)
  }
  @inline(__always) mutating func add(_ factor: Float, _ line: NarrowLine) {
    numbers = numbers.addingProduct(SIMD16(repeating: factor), line.numbers)
  }
}

/// 32 numbers.
struct WideLine: MatrixLine {
  var left = NarrowLine()
  var right = NarrowLine()

  @inline(__always) init() {}
  @inline(__always) init(_ place: UnsafePointer<Float>) {
    left = NarrowLine(place)
    right = NarrowLine(place + 16)
  }
  @inline(__always) func store(_ place: UnsafeMutablePointer<Float>) {
    left.store(place)
    right.store(place + 16)
  }
  @inline(__always) mutating func add(_ factor: Float, _ line: WideLine) {
    left.add(factor, line.left)
    right.add(factor, line.right)
  }
}

/// Where a strip's operands lie; distances in numbers.
struct MatrixOperands {
  var a: UnsafePointer<Float>
  /// From a row of a to the next, and from a step of the sum to the next: one of the two is 1.
  var aRow: Int
  var aStep: Int
  var b: UnsafePointer<Float>
  var bRow: Int
  var c: UnsafeMutablePointer<Float>
  var cRow: Int
  /// Terms of each sum.
  var steps: Int

  /// The same, some rows further down and some columns further right.
  @inline(__always)
  func moved(rows: Int, columns: Int) -> MatrixOperands {
    var other = self
    other.a += rows &* aRow
    other.b += columns
    other.c += rows &* cRow &+ columns
    return other
  }

  /// `rows` rows of 32 columns (16 where not `wide`).
  func multiply(rows: Int, wide: Bool, adds: Bool) {
    wide ? multiply(rows: rows, WideLine.self, adds: adds) : multiply(rows: rows, NarrowLine.self, adds: adds)
  }

  @inline(__always)
  private func multiply<Line: MatrixLine>(rows: Int, _: Line.Type, adds: Bool) {
    var row = 0
    while row < rows {
      let part = moved(rows: row, columns: 0)
      switch rows - row {
      case 12...:
        MatrixStrip<12, Line>.multiply(part, adds: adds)
        row += 12
      case 8...:
        MatrixStrip<8, Line>.multiply(part, adds: adds)
        row += 8
      case 4...:
        MatrixStrip<4, Line>.multiply(part, adds: adds)
        row += 4
      case 2...:
        MatrixStrip<2, Line>.multiply(part, adds: adds)
        row += 2
      default:
        MatrixStrip<1, Line>.multiply(part, adds: adds)
        row += 1
      }
    }
  }
}
