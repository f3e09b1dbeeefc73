/// Updates that need the gradient of a whole weight: Muon's.
extension Engine {
  /// The directions of a thread's hidden weights, before the tiles are updated along them.
  func directMatrices(_ thread: Int) {
    guard let rule = rules.optimizer.matrixRule else { return }
    for index in stride(from: thread, to: architecture.layers.count - 1, by: threads) {
      let layer = architecture.layers[index]
      rule.direct(
        place(layer.weight.lowerBound, workspace.gradient.base + layer.weight.lowerBound, layer.weight.count), step,
        rows: layer.outputs, columns: layer.inputs, scratch: workspace.matrixScratch[thread].base)
    }
  }

  /// The rule for a tile's weights where it is not the optimizer's own.
  func matrixRule(_ tile: Tile) -> MatrixRule? {
    tile.layer < architecture.layers.count - 1 ? rules.optimizer.matrixRule : nil
  }

  static func matrixScratch(_ architecture: Architecture, _ rules: Rules) -> Int {
    guard rules.optimizer.matrixRule != nil else { return 0 }
    return architecture.layers.dropLast().map { MatrixRule.scratch(rows: $0.outputs, columns: $0.inputs) }.max() ?? 0
  }
}
