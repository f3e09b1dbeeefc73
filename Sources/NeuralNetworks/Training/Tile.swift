import LinearAlgebra

/// Some neurons of a layer: the unit in which gradients are computed and parameters updated.
struct Tile {
  let layer: Int
  let neurons: Range<Int>
  let inputs: Int

  var weights: Int { neurons.count * inputs }

  /// Neurons whose gradient is computed and used in one go: two strips of a product, so that it is still in the nearest
  /// caches; the whole tile where BLAS computes it.
  static let neuronsAtOnce = MatrixProduct.usesStrips ? 24 : 128

  /// Some of the tile's neurons.
  func part(_ neurons: Range<Int>) -> Tile { Tile(layer: layer, neurons: neurons, inputs: inputs) }

  /// Every layer's neurons in parts of at most 128, at least two parts from 32 neurons on.
  static func tiles(of architecture: Architecture) -> [Tile] {
    architecture.layers.enumerated().flatMap { index, layer in
      let width = layer.outputs
      let parts = width < 32 ? 1 : max(2, (width + 127) / 128)
      return (0..<parts).map { part in
        Tile(layer: index, neurons: (part * width / parts)..<((part + 1) * width / parts), inputs: layer.inputs)
      }
    }
  }
}
