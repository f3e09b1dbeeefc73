import LinearAlgebra

/// Gradients and updates of some neurons at a time.
extension Engine {
  /// The tile's gradient over the batch, and at once the update, some neurons at a time while both are in cache.
  func updateTile(_ tile: Tile, _ thread: Int) {
    let gradient = workspace.tileGradients[thread].base
    for first in stride(from: tile.neurons.lowerBound, to: tile.neurons.upperBound, by: Tile.neuronsAtOnce) {
      let part = tile.part(first..<min(first + Tile.neuronsAtOnce, tile.neurons.upperBound))
      let bias = gradient + part.weights
      computeGradient(part, weights: gradient, bias: bias, adds: false)
      update(part, weights: gradient, bias: bias)
    }
    if let norm = normGradient(tile) { updateNorm(tile, weights: norm.weights, shifts: norm.shifts) }
  }

  func accumulateTile(_ tile: Tile) {
    let (weights, bias) = wholeGradient(tile)
    computeGradient(tile, weights: weights, bias: bias, adds: !batch.replacesGradient)
    if let norm = normGradient(tile), let whole = wholeNormGradient(tile) {
      for j in 0..<tile.neurons.count {
        whole.weights[j] = (batch.replacesGradient ? 0 : whole.weights[j]) + norm.weights[j]
        whole.shifts[j] = (batch.replacesGradient ? 0 : whole.shifts[j]) + norm.shifts[j]
      }
    }
  }

  func applyTile(_ tile: Tile) {
    let (weights, bias) = wholeGradient(tile)
    update(tile, weights: weights, bias: bias)
    if let whole = wholeNormGradient(tile) { updateNorm(tile, weights: whole.weights, shifts: whole.shifts) }
  }

  /// The tile's part of the squared norm of the whole gradient.
  func squaredNorm(_ tile: Tile) -> Double {
    let (weights, bias) = wholeGradient(tile)
    var total = Self.squaredSum(weights, tile.weights) + Self.squaredSum(bias, tile.neurons.count)
    if let whole = wholeNormGradient(tile) {
      total += Self.squaredSum(whole.weights, tile.neurons.count) + Self.squaredSum(whole.shifts, tile.neurons.count)
    }
    return total
  }

  /// Eight running sums, so that the additions need not wait for each other.
  private static func squaredSum(_ values: UnsafePointer<Float>, _ count: Int) -> Double {
    var sums = SIMD8<Double>.zero
    var i = 0
    while i + 8 <= count {
      let part = UnsafeRawPointer(values + i).loadUnaligned(as: SIMD8<Float>.self)
      let wide = SIMD8<Double>(part)
      sums += wide * wide
      i += 8
    }
    var total = sums.sum()
    while i < count {
      total += Double(values[i]) * Double(values[i])
      i += 1
    }
    return total
  }

  private func wholeGradient(_ tile: Tile) -> (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>) {
    let layer = architecture.layers[tile.layer]
    return (
      workspace.gradient.base + layer.weight.lowerBound + tile.neurons.lowerBound * tile.inputs,
      workspace.gradient.base + layer.bias.lowerBound + tile.neurons.lowerBound
    )
  }

  private typealias NormGradient = (weights: UnsafeMutablePointer<Float>, shifts: UnsafeMutablePointer<Float>)

  /// What the last pass left of normalisation's gradients; nil for layers without.
  private func normGradient(_ tile: Tile) -> NormGradient? {
    let layer = architecture.layers[tile.layer]
    guard layer.isNormalised else { return nil }
    if layer.isLayerNormalised { sumNormGradient(tile) }
    let start = workspace.normGradients[tile.layer].base + tile.neurons.lowerBound
    return (start, start + layer.outputs)
  }

  private func wholeNormGradient(_ tile: Tile) -> NormGradient? {
    let layer = architecture.layers[tile.layer]
    guard layer.isNormalised else { return nil }
    let base = workspace.gradient.base + tile.neurons.lowerBound
    return (base + layer.normWeight.lowerBound, base + layer.normBias.lowerBound)
  }

  private func updateNorm(
    _ tile: Tile, weights: UnsafeMutablePointer<Float>, shifts: UnsafeMutablePointer<Float>
  ) {
    let layer = architecture.layers[tile.layer]
    var plain = step
    plain.l1 = 0
    let count = tile.neurons.count
    rules.optimizer.update(place(layer.normWeight.lowerBound + tile.neurons.lowerBound, weights, count), plain)
    rules.optimizer.update(place(layer.normBias.lowerBound + tile.neurons.lowerBound, shifts, count), plain)
  }

  /// delta^T x input for the tile's neurons, and delta's column sums.
  private func computeGradient(
    _ tile: Tile, weights: UnsafeMutablePointer<Float>, bias: UnsafeMutablePointer<Float>, adds: Bool
  ) {
    let width = architecture.layers[tile.layer].outputs
    let rows = batch.rows.count
    let delta = workspace.deltas[tile.layer].base + tile.neurons.lowerBound
    MatrixProduct.transposedMultiply(
      delta, stride: width, workspace.activations[tile.layer].base, stride: tile.inputs, into: weights,
      stride: tile.inputs, m: tile.neurons.count, n: tile.inputs, k: rows, adds: adds)
    if !adds { bias.update(repeating: 0, count: tile.neurons.count) }
    // Batch normalisation takes the bias away again: its gradient is zero, and rounding must not pretend otherwise.
    guard !architecture.layers[tile.layer].isBatchNormalised else { return }
    for row in 0..<rows {
      let line = delta + row * width
      for j in 0..<tile.neurons.count { bias[j] += line[j] }
    }
  }

  private func update(_ tile: Tile, weights: UnsafeMutablePointer<Float>, bias: UnsafeMutablePointer<Float>) {
    let layer = architecture.layers[tile.layer]
    let start = layer.weight.lowerBound + tile.neurons.lowerBound * tile.inputs
    if let rule = matrixRule(tile) {
      rule.update(place(start, weights, tile.weights), step, rows: layer.outputs, columns: layer.inputs)
    } else {
      rules.optimizer.update(place(start, weights, tile.weights), step)
    }
    var plain = step
    plain.l1 = 0
    rules.optimizer.update(place(layer.bias.lowerBound + tile.neurons.lowerBound, bias, tile.neurons.count), plain)
    if let limit = rules.maxNorm {
      for neuron in 0..<tile.neurons.count {
        Self.limitNorm(parameters.base + start + neuron * tile.inputs, count: tile.inputs, to: limit)
      }
    }
  }

  func place(_ start: Int, _ gradient: UnsafeMutablePointer<Float>, _ count: Int) -> UpdatePlace {
    UpdatePlace(
      parameters: parameters.base + start, gradient: UnsafePointer(gradient), state: state.base + start,
      stride: architecture.parameterCount, count: count)
  }

  /// Shrinks a neuron's weights to the length `limit` where they are longer.
  private static func limitNorm(_ weights: UnsafeMutablePointer<Float>, count: Int, to limit: Double) {
    var square = 0.0
    for i in 0..<count { square += Double(weights[i]) * Double(weights[i]) }
    guard square > limit * limit else { return }
    let factor = Float(limit / square.squareRoot())
    for i in 0..<count { weights[i] *= factor }
  }
}
