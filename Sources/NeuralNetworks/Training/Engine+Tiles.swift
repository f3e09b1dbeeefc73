import LinearAlgebra

/// Gradients and updates of some neurons at a time.
extension Engine {
  /// The tile's gradient over the batch, and at once the update, while both are in cache.
  func updateTile(_ index: Int, _ thread: Int) {
    let tile = tiles[index]
    let gradient = workspace.tileGradients[thread].base
    let bias = gradient + tile.weights
    computeGradient(tile, weights: gradient, bias: bias, beta: 0)
    update(tile, weights: gradient, bias: bias)
  }

  func accumulateTile(_ index: Int) {
    let tile = tiles[index]
    let (weights, bias) = wholeGradient(tile)
    computeGradient(tile, weights: weights, bias: bias, beta: batch.replacesGradient ? 0 : 1)
  }

  func applyTile(_ index: Int) {
    let tile = tiles[index]
    let (weights, bias) = wholeGradient(tile)
    update(tile, weights: weights, bias: bias)
  }

  private func wholeGradient(_ tile: Tile) -> (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>) {
    let layer = architecture.layers[tile.layer]
    return (
      workspace.gradient.base + layer.weight.lowerBound + tile.neurons.lowerBound * tile.inputs,
      workspace.gradient.base + layer.bias.lowerBound + tile.neurons.lowerBound
    )
  }

  /// delta^T x input for the tile's neurons, and delta's column sums.
  private func computeGradient(
    _ tile: Tile, weights: UnsafeMutablePointer<Float>, bias: UnsafeMutablePointer<Float>, beta: Float
  ) {
    let width = architecture.layers[tile.layer].outputs
    let rows = batch.rows.count
    let delta = workspace.deltas[tile.layer].base + tile.neurons.lowerBound
    BLAS.transposedMultiply(
      delta, stride: width, workspace.activations[tile.layer].base, stride: tile.inputs, into: weights,
      stride: tile.inputs, m: tile.neurons.count, n: tile.inputs, k: rows, beta: beta)
    if beta == 0 { bias.update(repeating: 0, count: tile.neurons.count) }
    for row in 0..<rows {
      let line = delta + row * width
      for j in 0..<tile.neurons.count { bias[j] += line[j] }
    }
  }

  private func update(_ tile: Tile, weights: UnsafeMutablePointer<Float>, bias: UnsafeMutablePointer<Float>) {
    let layer = architecture.layers[tile.layer]
    let start = layer.weight.lowerBound + tile.neurons.lowerBound * tile.inputs
    rules.optimizer.update(place(start, weights, tile.weights), step)
    var plain = step
    plain.l1 = 0
    rules.optimizer.update(place(layer.bias.lowerBound + tile.neurons.lowerBound, bias, tile.neurons.count), plain)
    if let limit = rules.maxNorm {
      for neuron in 0..<tile.neurons.count {
        Self.limitNorm(parameters.base + start + neuron * tile.inputs, count: tile.inputs, to: limit)
      }
    }
  }

  private func place(_ start: Int, _ gradient: UnsafeMutablePointer<Float>, _ count: Int) -> UpdatePlace {
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
