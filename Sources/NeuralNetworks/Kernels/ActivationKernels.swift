import LinearAlgebra

extension Activation {
  /// The slope can be told from the output alone; otherwise (gelu, silu) it is noted on the way forward.
  var slopeFollowsFromOutput: Bool {
    switch self {
    case .gelu, .silu, .mish: false
    default: true
    }
  }

  /// z becomes f(z + bias) in place, over rows x width at `stride`.
  func apply(
    _ z: UnsafeMutablePointer<Float>, bias: UnsafePointer<Float>, rows: Int, width: Int, stride: Int
  ) {
    switch self {
    // A NaN is not below zero and stays: a diverged network must not look alive.
    case .relu: Block.add(z, bias, rows, width, stride) { $0 < 0 ? 0 : $0 }
    case .leakyRelu: Block.add(z, bias, rows, width, stride) { $0 < 0 ? 0.01 * $0 : $0 }
    case .elu: Block.add(z, bias, rows, width, stride) { Self.elu($0) }
    case .selu: Block.add(z, bias, rows, width, stride) { Self.selu($0) }
    case .gelu: Block.add(z, bias, rows, width, stride) { $0 * Self.normalShare($0) }
    case .silu: Block.add(z, bias, rows, width, stride) { $0 * VectorMath.sigmoid($0) }
    case .mish: Block.add(z, bias, rows, width, stride) { Self.mish($0).value }
    case .tanh: Block.add(z, bias, rows, width, stride) { VectorMath.tanh($0) }
    case .sigmoid: Block.add(z, bias, rows, width, stride) { VectorMath.sigmoid($0) }
    case .softplus: Block.add(z, bias, rows, width, stride) { VectorMath.softplus($0) }
    case .identity: Block.add(z, bias, rows, width, stride) { $0 }
    }
  }

  /// The same, with f' written to `slope` (laid out as z).
  func apply(
    _ z: UnsafeMutablePointer<Float>, bias: UnsafePointer<Float>, slope: UnsafeMutablePointer<Float>, rows: Int,
    width: Int, stride: Int
  ) {
    switch self {
    case .gelu:
      Block.addNoting(z, bias, slope, rows, width, stride) { x in
        let share = Self.normalShare(x)
        let density = 0.398_942_28 * VectorMath.exp(-0.5 * x * x)
        return (x * share, share + x * density)
      }
    case .silu:
      Block.addNoting(z, bias, slope, rows, width, stride) { x in
        let s = VectorMath.sigmoid(x)
        return (x * s, s * (1 + x * (1 - s)))
      }
    case .mish: Block.addNoting(z, bias, slope, rows, width, stride) { Self.mish($0) }
    default:
      apply(z, bias: bias, rows: rows, width: width, stride: stride)
      for row in 0..<rows {
        slope.advanced(by: row * stride).update(repeating: 1, count: width)
      }
      multiplyBySlope(slope, output: z, rows: rows, width: width, stride: stride)
    }
  }

  /// d becomes d f'(z), f' told from the output.
  func multiplyBySlope(
    _ d: UnsafeMutablePointer<Float>, output a: UnsafePointer<Float>, rows: Int, width: Int, stride: Int
  ) {
    switch self {
    case .relu: Block.combine(d, a, rows, width, stride) { $1 > 0 ? $0 : 0 }
    case .leakyRelu: Block.combine(d, a, rows, width, stride) { $1 > 0 ? $0 : 0.01 * $0 }
    case .elu: Block.combine(d, a, rows, width, stride) { $1 > 0 ? $0 : $0 * ($1 + 1) }
    case .selu:
      Block.combine(d, a, rows, width, stride) { $0 * ($1 > 0 ? Self.seluScale : $1 + Self.seluScale * Self.seluAlpha) }
    case .tanh: Block.combine(d, a, rows, width, stride) { $0 * (1 - $1 * $1) }
    case .sigmoid: Block.combine(d, a, rows, width, stride) { $0 * $1 * (1 - $1) }
    case .softplus: Block.combine(d, a, rows, width, stride) { $0 * (1 - VectorMath.exp(-$1)) }
    case .identity: break
    case .gelu, .silu, .mish: preconditionFailure("the slope of \(rawValue) is noted on the way forward")
    }
  }

  private static let seluScale: Float = 1.050_701
  private static let seluAlpha: Float = 1.673_263_2

  @inline(__always)
  private static func elu(_ x: Float) -> Float { x > 0 ? x : VectorMath.exp(x) - 1 }

  @inline(__always)
  private static func selu(_ x: Float) -> Float {
    1.050_701 * (x > 0 ? x : 1.673_263_2 * (VectorMath.exp(x) - 1))
  }

  /// x tanh(log(1 + e^x)) and its slope, by n = (1 + e^x)^2 - 1: tanh is n / (n + 2). From 20 on tanh is 1 in single precision.
  @inline(__always)
  private static func mish(_ x: Float) -> (value: Float, slope: Float) {
    let e = VectorMath.exp(x > 20 ? 20 : x)
    let n = e * (e + 2)
    let inverse = 1 / (n + 2)
    return (x * n * inverse, (n + (x > 20 ? 0 : 4 * x * e * (1 + e) * inverse)) * inverse)
  }

  /// The share of a standard normal below x.
  @inline(__always)
  private static func normalShare(_ x: Float) -> Float { 0.5 * (1 + VectorMath.erf(x * 0.707_106_77)) }
}

/// Loops over rows x width blocks within wider rows; the closures are inlined, so each use is a loop of its own.
enum Block {
  @inline(__always)
  static func each(
    _ z: UnsafeMutablePointer<Float>, _ rows: Int, _ width: Int, _ stride: Int,
    _ body: (UnsafeMutablePointer<Float>) -> Void
  ) {
    for row in 0..<rows { body(z + row * stride) }
  }

  @inline(__always)
  static func add(
    _ z: UnsafeMutablePointer<Float>, _ bias: UnsafePointer<Float>, _ rows: Int, _ width: Int, _ stride: Int,
    _ f: (Float) -> Float
  ) {
    for row in 0..<rows {
      let line = z + row * stride
      for j in 0..<width { line[j] = f(line[j] + bias[j]) }
    }
  }

  @inline(__always)
  static func addNoting(
    _ z: UnsafeMutablePointer<Float>, _ bias: UnsafePointer<Float>, _ slope: UnsafeMutablePointer<Float>, _ rows: Int,
    _ width: Int, _ stride: Int, _ f: (Float) -> (Float, Float)
  ) {
    for row in 0..<rows {
      let (line, note) = (z + row * stride, slope + row * stride)
      for j in 0..<width { (line[j], note[j]) = f(line[j] + bias[j]) }
    }
  }

  @inline(__always)
  static func combine(
    _ d: UnsafeMutablePointer<Float>, _ a: UnsafePointer<Float>, _ rows: Int, _ width: Int, _ stride: Int,
    _ f: (Float, Float) -> Float
  ) {
    for row in 0..<rows {
      let (line, other) = (d + row * stride, a + row * stride)
      for j in 0..<width { line[j] = f(line[j], other[j]) }
    }
  }
}
