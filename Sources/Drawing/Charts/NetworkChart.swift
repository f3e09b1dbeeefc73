/// A network layer by layer.
package struct NetworkChart: Chart {
  package static let name = "network"
  package static let help = "the network layer by layer, with shapes and parameter counts"

  package struct Layer: Sendable {
    /// `input`, `hidden 1`, `output`.
    package var name: String
    package var width: Int
    /// What follows the weights: `relu`, `batch norm, relu, dropout 0.1`; empty for the input.
    package var detail: String
    package var parameters: Int

    package init(name: String, width: Int, detail: String = "", parameters: Int = 0) {
      self.name = name
      self.width = width
      self.detail = detail
      self.parameters = parameters
    }
  }

  package var layers: [Layer]

  package init(layers: [Layer]) { self.layers = layers }
}
