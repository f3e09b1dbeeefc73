import LinearAlgebra

/// The memory of one training: activations and gradients of a chunk, tiles, evaluation buffers.
final class Workspace: @unchecked Sendable {
  /// In batches of more rows than this an interrupt is looked for: 4,096, and fewer for large networks, so that as many
  /// take under a tenth of a second on one core (6 GFLOP). It depends on the network alone, so it never changes a number
  /// between runs.
  static func rowsBetweenLooks(batchNormalization: Bool, parameters: Int) -> Int {
    if batchNormalization { return 4096 }
    // A row costs six operations a parameter.
    let rows = 1_000_000_000 / max(parameters, 1)
    return max(64, min(4096, rows / 64 * 64))
  }

  static func rowsBetweenLooks(_ architecture: Architecture) -> Int {
    rowsBetweenLooks(
      batchNormalization: architecture.batchNormalization, parameters: architecture.parameterCount)
  }

  /// Rows of a batch that are worked through at a time: what lies between two looks. Batch normalisation needs the
  /// statistics of all rows, so there a batch stays whole, and one looks between its tiles.
  static func chunkRows(batchNormalization: Bool, parameters: Int, batchRows: Int) -> Int {
    batchNormalization
      ? batchRows : min(batchRows, rowsBetweenLooks(batchNormalization: false, parameters: parameters))
  }

  static func chunkRows(_ architecture: Architecture, batchRows: Int) -> Int {
    chunkRows(
      batchNormalization: architecture.batchNormalization, parameters: architecture.parameterCount,
      batchRows: batchRows)
  }

  let rows: Int
  /// The inputs, then each layer's outputs; rows x width, dense.
  let activations: [FloatBuffer]
  /// For each layer its inputs once more, as the product with its weights reads them (`RowPanels`).
  let panels: [FloatBuffer]
  /// For each layer the derivative of the loss by its sums.
  let deltas: [FloatBuffer]
  /// For each hidden layer f' times the dropout factor, where it is noted.
  let slopes: [FloatBuffer]
  /// For each hidden layer the normalised sums, and one over the deviation: of each neuron over the batch, or of each row over
  /// the layer.
  let normalised: [FloatBuffer]
  let inverseDeviations: [FloatBuffer]
  /// For each hidden layer the derivative by what layer normalisation gives.
  let normDeltas: [FloatBuffer]
  /// For each hidden layer the means of the batch's sums, then their variances: what the running statistics follow.
  let batchMoments: [FloatBuffer]
  /// The whole gradient, where it is needed.
  let gradient: FloatBuffer
  /// For each hidden layer the gradients of normalisation's weights, then of its biases.
  let normGradients: [FloatBuffer]
  /// Each tile's part of the squared norm of the whole gradient.
  let tileNorms: UnsafeMutableBufferPointer<Double>
  /// A tile's gradient for each thread.
  let tileGradients: [FloatBuffer]
  /// Two layers' outputs for each thread, and panels: evaluation goes back and forth between them.
  let evaluationBuffers: [(FloatBuffer, FloatBuffer, panels: FloatBuffer)]
  /// What each thread needs to make a weight's direction orthogonal.
  let matrixScratch: [FloatBuffer]
  /// A bias of nothing, for layers whose bias has been added already.
  let zeros: FloatBuffer
  private(set) var sums: UnsafeMutableBufferPointer<LossSums>

  init(
    _ architecture: Architecture, rows: Int, threads: Int, tiles: [Tile], wholeGradient: Bool, notesSlopes: Bool,
    matrixScratch: Int
  ) {
    self.rows = rows
    let sizes = architecture.sizes
    activations = sizes.map { FloatBuffer(count: rows * $0) }
    panels = sizes.dropLast().map {
      FloatBuffer(count: RowPanels.suit(rows: rows) ? RowPanels.count(rows: rows, columns: $0) : 0)
    }
    deltas = sizes.dropFirst().map { FloatBuffer(count: rows * $0) }
    let hidden = Array(sizes.dropFirst().dropLast())
    slopes = notesSlopes ? hidden.map { FloatBuffer(count: rows * $0) } : []
    let (isNormalised, ofLayers) = (architecture.normalization != .none, architecture.normalization == .layer)
    normalised = isNormalised ? hidden.map { FloatBuffer(count: rows * $0) } : []
    inverseDeviations = isNormalised ? hidden.map { FloatBuffer(count: ofLayers ? rows : $0) } : []
    normDeltas = ofLayers ? hidden.map { FloatBuffer(count: rows * $0) } : []
    batchMoments = architecture.batchNormalization ? hidden.map { FloatBuffer(count: 2 * $0) } : []
    normGradients = isNormalised ? hidden.map { FloatBuffer(count: 2 * $0) } : []
    tileNorms = .allocate(capacity: max(tiles.count, 1))
    tileNorms.initialize(repeating: 0)
    gradient = FloatBuffer(count: wholeGradient ? architecture.parameterCount : 0)
    let largest = tiles.map { $0.weights + $0.neurons.count }.max() ?? 0
    tileGradients = (0..<threads).map { _ in FloatBuffer(count: wholeGradient ? 0 : largest) }
    let widest = sizes.max() ?? 1
    evaluationBuffers = (0..<threads).map { _ in
      let count = EvaluationJob.shardRows * widest
      return (FloatBuffer(count: count), FloatBuffer(count: count), FloatBuffer(count: count))
    }
    self.matrixScratch = (0..<threads).map { _ in FloatBuffer(count: matrixScratch) }
    zeros = FloatBuffer(count: widest)
    sums = .allocate(capacity: max(64, rows / 16 + 1))
    sums.initialize(repeating: LossSums())
  }

  deinit {
    sums.deallocate()
    tileNorms.deallocate()
  }

  /// Room for a shard's sums each; grows once for the largest split.
  func reserveSums(_ count: Int) {
    guard count > sums.count else { return }
    sums.deallocate()
    sums = .allocate(capacity: count)
    sums.initialize(repeating: LossSums())
  }
}
