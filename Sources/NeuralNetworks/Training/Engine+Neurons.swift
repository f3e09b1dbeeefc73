import LinearAlgebra

/// The way of a tile of neurons through one layer, for all rows of a batch.
extension Engine {
  /// Product, batch normalisation over the rows, activation, dropout.
  func forwardTile(_ tile: Tile) {
    let layer = architecture.layers[tile.layer]
    let (rows, width, first, count) = (batch.rows.count, layer.outputs, tile.neurons.lowerBound, tile.neurons.count)
    let sums =
      (layer.isBatchNormalised ? workspace.normalised[tile.layer] : workspace.activations[tile.layer + 1]).base + first
    product(tile.layer, 0..<rows, neurons: tile.neurons, into: sums)
    defer { layOut(tile.layer + 1, 0..<rows, columns: tile.neurons) }
    let output = workspace.activations[tile.layer + 1].base + first
    var bias = parameters.base + layer.bias.lowerBound + first
    if layer.isBatchNormalised {
      normaliseByBatch(tile, sums, into: output)
      bias = workspace.zeros.base
    }
    guard !workspace.slopes.isEmpty else {
      return architecture.activation.apply(output, bias: bias, rows: rows, width: count, stride: width)
    }
    let slope = workspace.slopes[tile.layer].base + first
    architecture.activation.apply(output, bias: bias, slope: slope, rows: rows, width: count, stride: width)
    guard architecture.dropout > 0 else { return }
    for row in 0..<rows {
      Dropout.apply(
        output + row * width, slope + row * width, count: count, share: batch.dropout,
        key: Dropout.key(seed: rules.seed, epoch: batch.epoch, row: batch.place + row, layer: tile.layer), first: first)
    }
  }

  /// From the layer above to the derivative by this tile's sums; leaves batch normalisation's gradients.
  func backwardTile(_ tile: Tile) {
    let above = architecture.layers[tile.layer + 1]
    let (rows, first, count) = (batch.rows.count, tile.neurons.lowerBound, tile.neurons.count)
    let width = above.inputs
    let delta = workspace.deltas[tile.layer].base + first
    MatrixProduct.multiply(
      workspace.deltas[tile.layer + 1].base, stride: above.outputs, parameters.base + above.weight.lowerBound + first,
      stride: width, into: delta, stride: width, m: rows, n: count, k: above.outputs)
    if workspace.slopes.isEmpty {
      architecture.activation.multiplyBySlope(
        delta, output: workspace.activations[tile.layer + 1].base + first, rows: rows, width: count, stride: width)
    } else {
      Block.combine(delta, workspace.slopes[tile.layer].base + first, rows, count, width) { $0 * $1 }
    }
    if architecture.layers[tile.layer].isBatchNormalised { derivativeOfNormalisation(tile, delta) }
  }

  /// z becomes (z - mean) / sqrt(variance + eps) in place; output is that times weight plus shift. Leaves the moments for
  /// the running statistics.
  private func normaliseByBatch(
    _ tile: Tile, _ z: UnsafeMutablePointer<Float>, into output: UnsafeMutablePointer<Float>
  ) {
    let layer = architecture.layers[tile.layer]
    let (rows, width, first, count) = (batch.rows.count, layer.outputs, tile.neurons.lowerBound, tile.neurons.count)
    let (weight, shift) = (
      parameters.base + layer.normWeight.lowerBound + first, parameters.base + layer.normBias.lowerBound + first
    )
    let inverse = workspace.inverseDeviations[tile.layer].base + first
    let mean = workspace.batchMoments[tile.layer].base + first
    let variance = mean + width
    mean.update(repeating: 0, count: count)
    variance.update(repeating: 0, count: count)
    let share = 1 / Float(rows)
    Block.each(z, rows, count, width) { line in
      for j in 0..<count { mean[j] += line[j] }
    }
    for j in 0..<count { mean[j] *= share }
    Block.each(z, rows, count, width) { line in
      for j in 0..<count {
        let difference = line[j] - mean[j]
        line[j] = difference
        variance[j] += difference * difference
      }
    }
    for j in 0..<count {
      variance[j] *= share
      inverse[j] = 1 / (variance[j] + BatchNormalization.epsilon).squareRoot()
    }
    for row in 0..<rows {
      let (line, target) = (z + row * width, output + row * width)
      for j in 0..<count {
        let value = line[j] * inverse[j]
        line[j] = value
        target[j] = value * weight[j] + shift[j]
      }
    }
  }

  /// The running statistics follow the last pass with momentum 0.1, the variance unbiased, as in PyTorch's BatchNorm1d.
  /// Before the update, whose biases are others; and only for a batch that counts, so that one done again counts once.
  func followStatistics() {
    let rows = Float(batch.rows.count)
    let m = BatchNormalization.momentum
    for (index, layer) in architecture.layers.enumerated() where layer.isBatchNormalised {
      let bias = parameters.base + layer.bias.lowerBound
      let mean = workspace.batchMoments[index].base
      let variance = mean + layer.outputs
      let (means, variances) = (
        statistics.base + layer.runningMean.lowerBound, statistics.base + layer.runningVariance.lowerBound
      )
      for j in 0..<layer.outputs {
        means[j] = (1 - m) * means[j] + m * (mean[j] + bias[j])
        // One row has no variance to learn from.
        if rows > 1 { variances[j] = (1 - m) * variances[j] + m * variance[j] * rows / (rows - 1) }
      }
    }
  }

  /// d by the outputs becomes d by the sums: weight inverse (d - mean(d) - x mean(d x)), x normalised.
  private func derivativeOfNormalisation(_ tile: Tile, _ delta: UnsafeMutablePointer<Float>) {
    let layer = architecture.layers[tile.layer]
    let (rows, width, first, count) = (batch.rows.count, layer.outputs, tile.neurons.lowerBound, tile.neurons.count)
    let x = workspace.normalised[tile.layer].base + first
    let weight = parameters.base + layer.normWeight.lowerBound + first
    let inverse = workspace.inverseDeviations[tile.layer].base + first
    let weightGradient = workspace.normGradients[tile.layer].base + first
    let shiftGradient = weightGradient + width
    weightGradient.update(repeating: 0, count: count)
    shiftGradient.update(repeating: 0, count: count)
    for row in 0..<rows {
      let (d, value) = (delta + row * width, x + row * width)
      for j in 0..<count {
        weightGradient[j] += d[j] * value[j]
        shiftGradient[j] += d[j]
      }
    }
    let share = 1 / Float(rows)
    for row in 0..<rows {
      let (d, value) = (delta + row * width, x + row * width)
      for j in 0..<count {
        d[j] = weight[j] * inverse[j] * (d[j] - share * shiftGradient[j] - share * value[j] * weightGradient[j])
      }
    }
  }
}
