/// What the first layer looks for.
package struct WeightsChart: Chart {
  package static let name = "weights"
  package static let help =
    "the weights of the first layer: of images an image for each neuron, else a field of colours"

  package var run: String
  /// A row for each neuron, a weight for each input.
  package var weights: [[Float]]
  package var inputs: [String]
  /// Sides of the images that the inputs are; nil if they are none.
  package var image: (width: Int, height: Int)?
  private static let mostNeurons = 40
  private static let mostInputs = 40

  package init(run: String, weights: [[Float]], inputs: [String], image: (width: Int, height: Int)? = nil) {
    (self.run, self.weights, self.inputs, self.image) = (run, weights, inputs, image)
  }

  package func draw() -> Picture {
    guard let image, !weights.isEmpty else { return plot.draw() }
    let (order, largest) = (strongest(weights.map(Self.size), most: weights.count, isSorted: true), largest)
    let samples = order.map { neuron in
      // Zero is in the middle, the largest weight of all at an end: neurons can be compared.
      DataChart.Sample(pixels: weights[neuron].map { 0.5 + $0 / largest / 2 }, label: "\(neuron + 1)")
    }
    return ImageSheet(
      title: title, samples: samples, width: image.width, height: image.height, ramp: .diverging, empty: emptyMessage,
      subtitle: { shown in
        let all = Number.count(weights.count)
        return
          (shown < weights.count ? "the \(shown) strongest of \(all) neurons" : "\(all) neurons, the strongest first")
          + "; blue -\(Number.significant(Double(largest))), white 0, orange \(Number.significant(Double(largest)))"
      }
    ).draw()
  }

  private var title: String { "First layer of \(run)" }
  private var emptyMessage: String { "nothing to draw: the network has no weights" }
  /// The largest finite weight without its sign, above 0.
  private var largest: Float { max(weights.joined().filter(\.isFinite).map(abs).max() ?? 1, .leastNormalMagnitude) }

  private static func size(_ weights: [Float]) -> Double {
    weights.filter(\.isFinite).reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
  }

  /// The places of the largest, as they stand or the largest first.
  private func strongest(_ sizes: [Double], most: Int, isSorted: Bool = false) -> [Int] {
    let order = sizes.indices.sorted { (sizes[$1], $0) < (sizes[$0], $1) }.prefix(most)
    return isSorted ? Array(order) : order.sorted()
  }

  package var plot: Plot {
    let neurons = strongest(weights.map(Self.size), most: Self.mostNeurons)
    let count = weights.map(\.count).min() ?? 0
    let columns = strongest(
      (0..<count).map { column in Self.size(weights.map { $0[column] }) }, most: Self.mostInputs)
    let bound = Double(largest)
    func left(_ shown: Int, _ all: Int, _ noun: String) -> String {
      shown < all ? "the \(shown) strongest of \(Number.count(all)) \(noun)" : "\(Number.count(all)) \(noun)"
    }
    return Plot(
      title: title,
      subtitle: left(neurons.count, weights.count, "neurons") + ", " + left(columns.count, count, "inputs"),
      panels: neurons.isEmpty || columns.isEmpty
        ? []
        : [
          Panel(
            x: Axis("input", scale: .categories(columns.map { inputs.indices.contains($0) ? inputs[$0] : "x\($0)" })),
            y: Axis("neuron", scale: .categories(neurons.map { "\($0 + 1)" }), isReversed: true),
            layers: [
              Layer(
                nil, .cells(values: neurons.map { row in columns.map { Double(weights[row][$0]) } }, labels: nil),
                ink: Ink(.blue))
            ])
        ], colorScale: ColorScale("weight", range: -bound...bound, ramp: .diverging), emptyMessage: emptyMessage,
      height: min(max(Double(neurons.count) * 14, 120), 420))
  }
}
