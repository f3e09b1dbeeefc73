import LinearAlgebra

/// Layer normalisation: each row of a hidden layer's sums to mean 0 and deviation 1 over its neurons, as PyTorch's LayerNorm.
extension Engine {
  /// Some rows of sums without their bias become (z - mean) / sqrt(variance + eps) in place; output is that times weight plus
  /// shift. `inverses` takes one over each row's deviation.
  func normaliseRows(
    _ z: UnsafeMutablePointer<Float>, _ layer: Architecture.Layer, rows: Int,
    into output: UnsafeMutablePointer<Float>, inverses: UnsafeMutablePointer<Float>?
  ) {
    let width = layer.outputs
    let bias = parameters.base + layer.bias.lowerBound
    let (weight, shift) = (parameters.base + layer.normWeight.lowerBound, parameters.base + layer.normBias.lowerBound)
    let share = 1 / Float(width)
    for row in 0..<rows {
      let (line, target) = (z + row * width, output + row * width)
      for j in 0..<width { line[j] += bias[j] }
      let mean = Lanes.sum(line, line, width) { value, _ in value } * share
      for j in 0..<width { line[j] -= mean }
      let variance = Lanes.sum(line, line, width) { $0 * $1 } * share
      let inverse = 1 / (variance + BatchNormalization.epsilon).squareRoot()
      inverses?[row] = inverse
      for j in 0..<width {
        let value = line[j] * inverse
        line[j] = value
        target[j] = value * weight[j] + shift[j]
      }
    }
  }

  /// d by the outputs becomes d by the sums, (d' - mean(d') - x mean(d' x)) / deviation with d' = d weight, x normalised; d by
  /// the outputs stays in the workspace for the gradient of weight and shift.
  func derivativeOfRows(_ index: Int, _ range: Range<Int>) {
    let layer = architecture.layers[index]
    let width = layer.outputs
    let weight = parameters.base + layer.normWeight.lowerBound
    let share = 1 / Float(width)
    for row in range {
      let d = workspace.deltas[index].base + row * width
      let x = workspace.normalised[index].base + row * width
      (workspace.normDeltas[index].base + row * width).update(from: d, count: width)
      for j in 0..<width { d[j] *= weight[j] }
      let mean = Lanes.sum(d, d, width) { value, _ in value } * share
      let along = Lanes.sum(d, x, width) { $0 * $1 } * share
      let inverse = workspace.inverseDeviations[index].base[row]
      for j in 0..<width { d[j] = inverse * (d[j] - mean - x[j] * along) }
    }
  }

  /// The gradients of a tile's weights and shifts over the batch's rows.
  func sumNormGradient(_ tile: Tile) {
    let (width, first, count) = (
      architecture.layers[tile.layer].outputs, tile.neurons.lowerBound, tile.neurons.count
    )
    let weights = workspace.normGradients[tile.layer].base + first
    let shifts = weights + width
    weights.update(repeating: 0, count: count)
    shifts.update(repeating: 0, count: count)
    for row in 0..<batch.rows.count {
      let d = workspace.normDeltas[tile.layer].base + row * width + first
      let x = workspace.normalised[tile.layer].base + row * width + first
      for j in 0..<count {
        weights[j] += d[j] * x[j]
        shifts[j] += d[j]
      }
    }
  }
}

/// Sums over a row in sixteen lanes, so that the additions need not wait for each other.
private enum Lanes {
  @inline(__always)
  static func sum(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int, _ term: (Float, Float) -> Float
  ) -> Float {
    var lanes = SIMD16<Float>.zero
    var i = 0
    while i + 16 <= count {
      for lane in 0..<16 { lanes[lane] += term(a[i + lane], b[i + lane]) }
      i += 16
    }
    var total = lanes.sum()
    while i < count {
      total += term(a[i], b[i])
      i += 1
    }
    return total
  }
}
