import LinearAlgebra

/// Forward passes in evaluation mode: no dropout, no noise, running statistics, no class weights.
extension Engine {
  func evaluateRows(_ shard: Int, _ thread: Int) {
    let range = evaluation.range(shard)
    let rows = UnsafeBufferPointer(rebasing: evaluation.rows[range])
    var (input, output) = (workspace.evaluationBuffers[thread].0.base, workspace.evaluationBuffers[thread].1.base)
    gathering.gather(rows, into: input)
    for index in architecture.layers.indices {
      let layer = architecture.layers[index]
      evaluateSums(
        layer, rows: rows.count, input, panels: workspace.evaluationBuffers[thread].panels.base, into: output)
      let isLast = index == architecture.layers.count - 1
      let activation = isLast ? Activation.identity : architecture.activation
      if layer.isNormalised {
        if layer.isBatchNormalised {
          normaliseByRunningStatistics(output, layer, rows: rows.count)
        } else {
          normaliseRows(output, layer, rows: rows.count, into: output, inverses: nil)
        }
        activation.apply(
          output, bias: workspace.zeros.base, rows: rows.count, width: layer.outputs, stride: layer.outputs)
      } else {
        activation.apply(
          output, bias: parameters.base + layer.bias.lowerBound, rows: rows.count, width: layer.outputs,
          stride: layer.outputs)
      }
      swap(&input, &output)
    }
    workspace.sums[shard] = labels.with(rows, weights: nil) { targets in
      loss.evaluate(
        input, targets, output: architecture.output, rows: rows.count, width: architecture.outputs, gradient: nil,
        scale: 0, unit: lossUnit)
    }
    if let outputs = evaluation.outputs {
      // The losses from logits leave probabilities behind, the hinge plain sums, the others have applied the output.
      outputs.advanced(by: range.lowerBound * architecture.outputs).update(
        from: input, count: rows.count * architecture.outputs)
    }
  }

  private func evaluateSums(
    _ layer: Architecture.Layer, rows: Int, _ input: UnsafePointer<Float>, panels: UnsafeMutablePointer<Float>,
    into output: UnsafeMutablePointer<Float>
  ) {
    let usesPanels = RowPanels.suit(rows: rows)
    if usesPanels {
      RowPanels.fill(
        panels, rows: 0..<rows, columns: 0..<layer.inputs, of: layer.inputs, from: input, stride: layer.inputs)
    }
    multiply(input, panels: usesPanels ? panels : nil, rows: 0..<rows, layer, neurons: 0..<layer.outputs, into: output)
  }

  /// (z + bias - mean) / sqrt(variance + eps) * weight + shift.
  private func normaliseByRunningStatistics(
    _ z: UnsafeMutablePointer<Float>, _ layer: Architecture.Layer, rows: Int
  ) {
    let width = layer.outputs
    let bias = parameters.base + layer.bias.lowerBound
    let (weight, shift) = (parameters.base + layer.normWeight.lowerBound, parameters.base + layer.normBias.lowerBound)
    let (mean, variance) = (
      statistics.base + layer.runningMean.lowerBound, statistics.base + layer.runningVariance.lowerBound
    )
    for row in 0..<rows {
      let line = z + row * width
      for j in 0..<width {
        let inverse = 1 / (variance[j] + BatchNormalization.epsilon).squareRoot()
        line[j] = (line[j] + bias[j] - mean[j]) * inverse * weight[j] + shift[j]
      }
    }
  }
}

/// The settings of batch normalisation, PyTorch's.
enum BatchNormalization {
  static let epsilon: Float = 1e-5
  static let momentum: Float = 0.1
}
