import Datasets
import Vocabulary

/// A network whose every size is known, and where each of its parameters lies in one flat array.
///
/// Layout: layer by layer the weight (outputs x inputs, row-major, as PyTorch's Linear), the bias, and, where there is
/// normalisation, its weight and bias.
package struct Architecture: Sendable, Equatable, Codable {
  /// Where one layer's parameters lie.
  package struct Layer: Sendable, Equatable, Codable {
    package let inputs: Int
    package let outputs: Int
    package let weight: Range<Int>
    package let bias: Range<Int>
    /// Empty without normalisation, and for the output layer.
    package let normWeight: Range<Int>
    package let normBias: Range<Int>
    /// Places in the running statistics of batch normalisation: means, then variances. Else empty.
    package let runningMean: Range<Int>
    package let runningVariance: Range<Int>

    package var parameters: Int { weight.count + bias.count + normWeight.count + normBias.count }
    package var isNormalised: Bool { !normWeight.isEmpty }
    var isBatchNormalised: Bool { !runningMean.isEmpty }
    var isLayerNormalised: Bool { isNormalised && !isBatchNormalised }
    /// All of the layer's parameters.
    package var range: Range<Int> { weight.lowerBound..<max(bias.upperBound, normBias.upperBound) }
  }

  package let inputs: Int
  package let outputs: Int
  package let activation: Activation
  package let output: Output
  package let dropout: Double
  package let normalization: Normalization
  /// Hidden layers first, the output layer last.
  package let layers: [Layer]
  /// Numbers in the flat array.
  package let parameterCount: Int
  /// Numbers in the running statistics of batch normalisation.
  package let statisticsCount: Int

  package init(_ description: NetworkDescription, inputs: Int, outputs: Int, output: Output) {
    self.inputs = inputs
    self.outputs = outputs
    self.output = output
    activation = description.activation
    dropout = description.dropout
    normalization = description.normalization
    let sizes = [inputs] + description.hidden + [outputs]
    var place = 0
    var statistics = 0
    func take(_ count: Int) -> Range<Int> {
      defer { place += count }
      return place..<(place + count)
    }
    func takeStatistics(_ count: Int) -> Range<Int> {
      defer { statistics += count }
      return statistics..<(statistics + count)
    }
    layers = (1..<sizes.count).map { k in
      let norm = description.normalization != .none && k < sizes.count - 1 ? sizes[k] : 0
      let running = description.batchNormalization ? norm : 0
      return Layer(
        inputs: sizes[k - 1], outputs: sizes[k], weight: take(sizes[k - 1] * sizes[k]), bias: take(sizes[k]),
        normWeight: take(norm), normBias: take(norm), runningMean: takeStatistics(running),
        runningVariance: takeStatistics(running))
    }
    parameterCount = place
    statisticsCount = statistics
  }

  package var batchNormalization: Bool { normalization == .batch }

  /// Input, hidden and output sizes: `[784, 128, 10]`.
  package var sizes: [Int] { [inputs] + layers.map(\.outputs) }

  /// As said again: what `network` would describe.
  package var description: NetworkDescription {
    var result = NetworkDescription()
    result.hidden = layers.dropLast().map(\.outputs)
    (result.activation, result.output) = (activation, output)
    (result.dropout, result.normalization) = (dropout, normalization)
    return result
  }
}

extension NetworkDescription {
  /// The number of parameters without building anything: what a search constraint asks. O(layers).
  /// `outputs` as `Architecture.outputs(for:)` gives it. Saturates instead of overflowing.
  package func parameterCount(inputs: Int, outputs: Int) -> Int {
    var total = Saturating(0)
    var width = inputs
    for size in hidden + [outputs] {
      total.add(width, times: size)
      total.add(size)
      width = size
    }
    if normalization != .none { for size in hidden { total.add(size, times: 2) } }
    return total.value
  }

  /// A sum of counts that stays at `Int.max` once it is passed.
  private struct Saturating {
    private(set) var value: Int

    init(_ value: Int) { self.value = value }

    mutating func add(_ count: Int, times factor: Int = 1) {
      let (product, overflow) = count.multipliedReportingOverflow(by: factor)
      let (sum, more) = value.addingReportingOverflow(product)
      value = overflow || more || value == .max ? .max : sum
    }
  }

  /// The same for a dataset.
  package func parameterCount(for data: Dataset, loss: Call? = nil) -> Int {
    let outputs = (try? OutputChoice(self, loss: loss, data: data).outputs) ?? max(data.classCount, 1)
    return parameterCount(inputs: data.featureCount, outputs: outputs)
  }
}

extension Architecture {
  /// The sizes that a dataset gives a description. Throws `TrainingError` where they do not fit.
  package init(_ description: NetworkDescription, for data: Dataset, loss: Call? = nil) throws {
    let choice = try OutputChoice(description, loss: loss, data: data)
    self.init(description, inputs: data.featureCount, outputs: choice.outputs, output: choice.output)
  }
}

extension Architecture {
  /// Decodes the sizes and lays the parameters out again. Throws if the stored layout is another one: a range in a file
  /// never points into memory.
  package init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    let layers = try file.decode([Layer].self, forKey: .layers)
    let (inputs, outputs) = (try file.decode(Int.self, forKey: .inputs), try file.decode(Int.self, forKey: .outputs))
    var description = NetworkDescription()
    description.hidden = layers.dropLast().map(\.outputs)
    description.activation = try file.decode(Activation.self, forKey: .activation)
    description.dropout = try file.decode(Double.self, forKey: .dropout)
    description.normalization = try Normalization(
      file.decodeIfPresent(Normalization.self, forKey: .normalization), older: decoder)
    let output = try file.decode(Output.self, forKey: .output)
    func check(_ isRight: Bool) throws {
      guard !isRight else { return }
      throw DecodingError.dataCorrupted(
        .init(codingPath: file.codingPath, debugDescription: "the layers do not follow from the sizes"))
    }
    let sizes = [inputs] + description.hidden + [outputs]
    try check(sizes.allSatisfy { $0 > 0 } && FloatRange.share.contains(description.dropout))
    try check(description.parameterCount(inputs: inputs, outputs: outputs) < .max)
    self.init(description, inputs: inputs, outputs: outputs, output: output)
    try check(layers == self.layers)
    try check(try file.decode(Int.self, forKey: .parameterCount) == parameterCount)
    try check(try file.decode(Int.self, forKey: .statisticsCount) == statisticsCount)
  }
}
