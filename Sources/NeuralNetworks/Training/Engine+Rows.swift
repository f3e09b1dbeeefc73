import LinearAlgebra

/// The way of a shard of rows: forward through every layer, the loss, and backward to the first.
extension Engine {
  func trainRows(_ shard: Int) {
    let range = batch.range(shard)
    guard !range.isEmpty else {
      workspace.sums[shard] = LossSums()
      return
    }
    gatherInputs(range)
    for layer in architecture.layers.indices.dropLast() { forward(layer, range) }
    workspace.sums[shard] = outputAndLoss(range)
    for layer in architecture.layers.indices.dropFirst().reversed() { backward(layer, range) }
  }

  func gatherInputs(_ range: Range<Int>) {
    let target = workspace.activations[0].base + range.lowerBound * architecture.inputs
    gathering.gather(.init(rebasing: batch.rows[range]), into: target)
    if rules.noise > 0 {
      for row in range {
        InputNoise.add(
          to: workspace.activations[0].base + row * architecture.inputs, count: architecture.inputs,
          deviation: Float(rules.noise),
          key: Dropout.key(seed: rules.seed, epoch: batch.epoch, row: batch.place + row, layer: InputNoise.layer))
      }
    }
    layOut(0, range, columns: 0..<architecture.inputs)
  }

  /// Leaves some columns of a layer's inputs in panels as well, for the product that reads them next.
  func layOut(_ layer: Int, _ range: Range<Int>, columns: Range<Int>) {
    guard usesPanels else { return }
    let width = architecture.layers[layer].inputs
    RowPanels.fill(
      workspace.panels[layer].base, rows: range, columns: columns, of: width,
      from: workspace.activations[layer].base + range.lowerBound * width + columns.lowerBound, stride: width)
  }

  /// The sums of some neurons of a layer for some rows, without the bias; `sums` points to the first one.
  func product(_ index: Int, _ range: Range<Int>, neurons: Range<Int>, into sums: UnsafeMutablePointer<Float>) {
    let layer = architecture.layers[index]
    multiply(
      workspace.activations[index].base + range.lowerBound * layer.inputs,
      panels: usesPanels ? workspace.panels[index].base : nil, rows: range, layer, neurons: neurons, into: sums)
  }

  /// Rows times the weights of some neurons: from the panels that they are laid out in, by BLAS where there are none.
  /// `rows` are places in the panels; `input` points to the first of them.
  func multiply(
    _ input: UnsafePointer<Float>, panels: UnsafePointer<Float>?, rows: Range<Int>, _ layer: Architecture.Layer,
    neurons: Range<Int>, into sums: UnsafeMutablePointer<Float>
  ) {
    let weights = parameters.base + layer.weight.lowerBound + neurons.lowerBound * layer.inputs
    if let panels {
      RowPanels.multiplyTransposed(
        panels, rows: rows, weights, stride: layer.inputs, into: sums, stride: layer.outputs, n: neurons.count,
        k: layer.inputs)
    } else {
      BLAS.multiplyTransposed(
        input, stride: layer.inputs, weights, stride: layer.inputs, into: sums, stride: layer.outputs, m: rows.count,
        n: neurons.count, k: layer.inputs)
    }
  }

  /// The batch decides, not its shards: each number is to come about in one way.
  private var usesPanels: Bool { RowPanels.suit(rows: batch.rows.count) }

  /// A hidden layer: product, bias and activation while the block is in cache, dropout.
  private func forward(_ index: Int, _ range: Range<Int>) {
    let layer = architecture.layers[index]
    let start = range.lowerBound * layer.outputs
    let output = workspace.activations[index + 1].base + start
    let sums = layer.isLayerNormalised ? workspace.normalised[index].base + start : output
    product(index, range, neurons: 0..<layer.outputs, into: sums)
    defer { layOut(index + 1, range, columns: 0..<layer.outputs) }
    var bias = parameters.base + layer.bias.lowerBound
    if layer.isLayerNormalised {
      normaliseRows(
        sums, layer, rows: range.count, into: output,
        inverses: workspace.inverseDeviations[index].base + range.lowerBound)
      bias = workspace.zeros.base
    }
    guard !workspace.slopes.isEmpty else {
      return architecture.activation.apply(
        output, bias: bias, rows: range.count, width: layer.outputs, stride: layer.outputs)
    }
    let slope = workspace.slopes[index].base + start
    architecture.activation.apply(
      output, bias: bias, slope: slope, rows: range.count, width: layer.outputs, stride: layer.outputs)
    if architecture.dropout > 0 {
      for row in range {
        let place = (row - range.lowerBound) * layer.outputs
        Dropout.apply(
          output + place, slope + place, count: layer.outputs, share: batch.dropout,
          key: Dropout.key(seed: rules.seed, epoch: batch.epoch, row: batch.place + row, layer: index), first: 0)
      }
    }
  }

  func outputAndLoss(_ range: Range<Int>) -> LossSums {
    let index = architecture.layers.count - 1
    let layer = architecture.layers[index]
    let start = range.lowerBound * layer.outputs
    let output = workspace.activations[index + 1].base + start
    product(index, range, neurons: 0..<layer.outputs, into: output)
    Activation.identity.apply(
      output, bias: parameters.base + layer.bias.lowerBound, rows: range.count, width: layer.outputs,
      stride: layer.outputs)
    return rules.classWeights.withUnsafeBufferPointer { weights in
      labels.with(.init(rebasing: batch.rows[range]), weights: weights.isEmpty ? nil : weights.baseAddress) { targets in
        loss.evaluate(
          output, targets, output: architecture.output, rows: range.count, width: layer.outputs,
          gradient: workspace.deltas[index].base + start, scale: batch.scale, unit: lossUnit)
      }
    }
  }

  /// From the derivative by a layer's sums to that by the sums of the layer before it.
  private func backward(_ index: Int, _ range: Range<Int>) {
    let layer = architecture.layers[index]
    let delta = workspace.deltas[index].base + range.lowerBound * layer.outputs
    let start = range.lowerBound * layer.inputs
    let below = workspace.deltas[index - 1].base + start
    MatrixProduct.multiply(
      delta, stride: layer.outputs, parameters.base + layer.weight.lowerBound, stride: layer.inputs, into: below,
      stride: layer.inputs, m: range.count, n: layer.inputs, k: layer.outputs)
    if workspace.slopes.isEmpty {
      architecture.activation.multiplyBySlope(
        below, output: workspace.activations[index].base + start, rows: range.count, width: layer.inputs,
        stride: layer.inputs)
    } else {
      Block.combine(below, workspace.slopes[index - 1].base + start, range.count, layer.inputs, layer.inputs) {
        $0 * $1
      }
    }
    if architecture.layers[index - 1].isLayerNormalised { derivativeOfRows(index - 1, range) }
  }
}
