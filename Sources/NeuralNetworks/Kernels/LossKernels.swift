import LinearAlgebra

/// What a block of rows adds to a batch's sums.
struct LossSums {
  /// Sum of row losses times their weights.
  var loss = 0.0
  /// Rows whose likeliest class is the right one, by their weights.
  var correct = 0.0
  /// For numbers: squared errors in deviations of the targets, times the rows' weights.
  var squares = 0.0

  mutating func add(_ other: LossSums) {
    loss += other.loss
    correct += other.correct
    squares += other.squares
  }
}

/// The targets of a block of rows, already gathered.
struct TargetBlock {
  /// Class indices; nil for regression.
  var classes: UnsafePointer<Int32>?
  /// Rows x width, in the network's unit.
  var numbers: UnsafePointer<Float>?
  /// A factor for each class, or nil.
  var classWeights: UnsafePointer<Float>?
  /// A factor for each row, or nil.
  var rowWeights: UnsafePointer<Float>?

  @inline(__always)
  func weight(_ row: Int) -> Float {
    if let classWeights, let classes { classWeights[Int(classes[row])] * rowWeight(row) } else { rowWeight(row) }
  }

  @inline(__always)
  func rowWeight(_ row: Int) -> Float { if let rowWeights { rowWeights[row] } else { 1 } }

  /// What output `column` of `width` should be: 1 for the right class (or for class 1 of a lone output), or the number.
  @inline(__always)
  func target(_ row: Int, _ column: Int, _ width: Int) -> Float {
    if let classes { return width == 1 ? Float(classes[row]) : (Int(classes[row]) == column ? 1 : 0) }
    return numbers![row * width + column]
  }
}

extension Output {
  /// Sums become predictions in place: rows x width, dense.
  func apply(_ z: UnsafeMutablePointer<Float>, rows: Int, width: Int) {
    switch self {
    case .identity: break
    case .sigmoid:
      for i in 0..<(rows * width) { z[i] = VectorMath.sigmoid(z[i]) }
    case .softmax:
      Softmax.subtractMaxima(z, rows: rows, width: width)
      for i in 0..<(rows * width) { z[i] = VectorMath.exp(z[i]) }
      for row in 0..<rows {
        let line = z + row * width
        var sum: Float = 0
        for j in 0..<width { sum += line[j] }
        let inverse = 1 / sum
        for j in 0..<width { line[j] *= inverse }
      }
    }
  }

  /// The chain through the output function: d becomes d times its derivative, from the predictions o.
  func chain(_ d: UnsafeMutablePointer<Float>, outputs o: UnsafePointer<Float>, rows: Int, width: Int) {
    switch self {
    case .identity: break
    case .sigmoid:
      for i in 0..<(rows * width) { d[i] *= o[i] * (1 - o[i]) }
    case .softmax:
      for row in 0..<rows {
        let (line, p) = (d + row * width, o + row * width)
        var dot: Float = 0
        for j in 0..<width { dot += line[j] * p[j] }
        for j in 0..<width { line[j] = p[j] * (line[j] - dot) }
      }
    }
  }
}

enum Softmax {
  static func subtractMaxima(_ z: UnsafeMutablePointer<Float>, rows: Int, width: Int) {
    for row in 0..<rows {
      let line = z + row * width
      var top = line[0]
      for j in 1..<max(width, 1) where line[j] > top { top = line[j] }
      for j in 0..<width { line[j] -= top }
    }
  }
}

extension Loss {
  /// The loss of a block, and its gradient.
  ///
  /// `z` holds the last layer's sums (bias added), rows x width, dense. They become predictions in place. Where
  /// `gradient` is given it receives the derivative of (sum of weighted row losses) * `scale` with respect to the sums.
  func evaluate(
    _ z: UnsafeMutablePointer<Float>, _ targets: TargetBlock, output: Output, rows: Int, width: Int,
    gradient: UnsafeMutablePointer<Float>?, scale: Float, unit: LossUnit = .network
  ) -> LossSums {
    var sums = LossSums()
    if targets.classes != nil { sums.correct = Self.correct(z, targets, rows: rows, width: width) }
    switch self {
    case .crossEntropy(let smoothing):
      sums.loss = Self.crossEntropy(z, targets, rows, width, Float(smoothing), gradient, scale)
    case .binaryCrossEntropy:
      sums.loss = Self.binaryCrossEntropy(z, targets, rows, width, gradient, scale)
    case .hinge:
      sums.loss = Self.hinge(z, targets, rows, width, gradient, scale)
    case .meanSquaredError, .meanAbsoluteError, .huber:
      output.apply(z, rows: rows, width: width)
      (sums.loss, sums.squares) = elementwise(z, targets, rows, width, gradient, scale, unit)
      if let gradient { output.chain(gradient, outputs: z, rows: rows, width: width) }
    }
    return sums
  }

  /// The weights of rows whose largest sum is the right class's; a lone output decides at 0.
  private static func correct(_ z: UnsafePointer<Float>, _ targets: TargetBlock, rows: Int, width: Int) -> Double {
    guard let classes = targets.classes else { return 0 }
    var sum = 0.0
    for row in 0..<rows {
      let line = z + row * width
      if width == 1 {
        if (line[0] > 0) == (classes[row] == 1) { sum += Double(targets.rowWeight(row)) }
        continue
      }
      var best = 0
      for j in 1..<width where line[j] > line[best] { best = j }
      if best == Int(classes[row]), !line[best].isNaN { sum += Double(targets.rowWeight(row)) }
    }
    return sum
  }

  private static func crossEntropy(
    _ z: UnsafeMutablePointer<Float>, _ targets: TargetBlock, _ rows: Int, _ width: Int, _ smoothing: Float,
    _ gradient: UnsafeMutablePointer<Float>?, _ scale: Float
  ) -> Double {
    Softmax.subtractMaxima(z, rows: rows, width: width)
    // The shifted sums are needed once more for the loss; what of them is needed is taken before they are exponentiated.
    var total = 0.0
    let classes = targets.classes!
    let share = smoothing / Float(width)
    for row in 0..<rows {
      let line = z + row * width
      var wanted = (1 - smoothing) * line[Int(classes[row])]
      if smoothing > 0 {
        for j in 0..<width { wanted += share * line[j] }
      }
      total -= Double(targets.weight(row) * wanted)
    }
    for i in 0..<(rows * width) { z[i] = VectorMath.exp(z[i]) }
    for row in 0..<rows {
      let line = z + row * width
      var sum: Float = 0
      for j in 0..<width { sum += line[j] }
      let weight = targets.weight(row)
      total += Double(weight * VectorMath.log(sum))
      let inverse = 1 / sum
      for j in 0..<width { line[j] *= inverse }
      guard let gradient else { continue }
      let d = gradient + row * width
      let factor = scale * weight
      for j in 0..<width { d[j] = factor * (line[j] - share) }
      d[Int(classes[row])] -= factor * (1 - smoothing)
    }
    return total
  }

  private static func binaryCrossEntropy(
    _ z: UnsafeMutablePointer<Float>, _ targets: TargetBlock, _ rows: Int, _ width: Int,
    _ gradient: UnsafeMutablePointer<Float>?, _ scale: Float
  ) -> Double {
    var total = 0.0
    let mean = 1 / Float(width)
    for row in 0..<rows {
      let weight = targets.weight(row) * mean
      for j in 0..<width {
        let i = row * width + j
        let (x, y) = (z[i], targets.target(row, j, width))
        total += Double(weight * (VectorMath.softplus(x) - x * y))
        let probability = VectorMath.sigmoid(x)
        z[i] = probability
        if let gradient { gradient[i] = scale * weight * (probability - y) }
      }
    }
    return total
  }

  private static func hinge(
    _ z: UnsafeMutablePointer<Float>, _ targets: TargetBlock, _ rows: Int, _ width: Int,
    _ gradient: UnsafeMutablePointer<Float>?, _ scale: Float
  ) -> Double {
    var total = 0.0
    for row in 0..<rows {
      let line = z + row * width
      let right = Int(targets.classes![row])
      let weight = targets.weight(row) / Float(width)
      let factor = scale * weight
      var pull: Float = 0
      for j in 0..<width where j != right {
        let margin = 1 - line[right] + line[j]
        let violated = margin > 0
        if violated { total += Double(weight * margin) }
        if violated { pull += factor }
        if let gradient { gradient[row * width + j] = violated ? factor : 0 }
      }
      if let gradient { gradient[row * width + right] = -pull }
    }
    return total
  }

  /// The losses that compare an output with a number, averaged over the outputs of a row; and the squared errors, summed.
  private func elementwise(
    _ o: UnsafePointer<Float>, _ targets: TargetBlock, _ rows: Int, _ width: Int,
    _ gradient: UnsafeMutablePointer<Float>?, _ scale: Float, _ unit: LossUnit
  ) -> (loss: Double, squares: Double) {
    var (total, squares) = (0.0, 0.0)
    let mean = 1 / Float(width)
    for row in 0..<rows {
      let weight = targets.weight(row) * mean
      for j in 0..<width {
        let i = row * width + j
        let target = targets.target(row, j, width)
        let error = o[i] - target
        let (loss, slope) = valueAndSlope(error)
        total += unit.value(weight * loss, output: o[i], target: target, column: j, weight: weight, self)
        squares += Double(targets.rowWeight(row)) * Double(error) * Double(error)
        if let gradient { gradient[i] = scale * weight * slope }
      }
    }
    return (total, squares)
  }

  @inline(__always)
  func valueAndSlope(_ error: Float) -> (Float, Float) {
    switch self {
    case .meanAbsoluteError: return (abs(error), error > 0 ? 1 : (error < 0 ? -1 : 0))
    case .huber(let delta):
      let delta = Float(delta)
      if abs(error) <= delta { return (0.5 * error * error, error) }
      return (delta * (abs(error) - 0.5 * delta), error > 0 ? delta : -delta)
    default: return (error * error, 2 * error)
    }
  }
}
