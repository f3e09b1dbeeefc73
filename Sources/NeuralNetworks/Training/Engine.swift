import Datasets
import LinearAlgebra

/// The arithmetic of training: forward, backward and update of one batch, on a team of threads.
///
/// A batch's work is cut into tasks by the network and the batch alone, never by the number of threads; each number is
/// computed by one task in one order, so `threads` never changes it. Everything is allocated here, before the first batch.
final class Engine: @unchecked Sendable {
  let architecture: Architecture
  let loss: Loss
  let rules: Rules
  let threads: Int

  /// Parameters, the optimizer's slots one after the other, batch normalisation's running statistics.
  let parameters: FloatBuffer
  let state: FloatBuffer
  let statistics: FloatBuffer
  /// The weights and statistics to be judged where they are not those that are trained; else empty.
  let judged: FloatBuffer

  let workspace: Workspace
  /// Rows that a batch is worked through at a time.
  let chunkRows: Int
  /// Batches are so large that an interrupt is looked for within them.
  let isLarge: Bool
  /// Looked at by evaluation before each of its shards, and in large batches before each tile where `batch.mayStop`: what
  /// is left behind then is not used.
  var isCancelled: @Sendable () -> Bool = { false }
  let gathering: RowGathering
  let labels: Labels
  /// The unit of the targets, where they are numbers; and that of the loss that is reported.
  let targetScaling: TargetScaling
  let lossUnit: LossUnit
  let tiles: [Tile]
  private var team: WorkerTeam!
  /// The tiles of each thread, and of each layer for each thread.
  private let allTiles: [[Int]]
  private let layerTiles: [[[Int]]]
  private let passing: Passing

  /// How a batch goes through the network; told by the network and the batch alone.
  private enum Passing {
    /// Each shard of rows by itself from the inputs to the first layer's gradient: two meetings of the threads a batch.
    case byRows
    /// All rows layer by layer, each tile of neurons by itself: what batch normalisation needs (a neuron's statistics
    /// are over all rows), and what is faster for wide layers and few rows.
    case byNeurons
  }

  /// What the piece being worked on is about; written by the caller between pieces only.
  var batch = BatchJob()
  var evaluation = EvaluationJob()
  var step = UpdateStep(number: 1, rate: 0, decay: 0, l1: 0)

  /// What a whole training has in common.
  struct Rules {
    var optimizer: any Optimizer
    var weightDecay = 0.0
    /// The decay rate of the running mean of the weights; nil without one.
    var averaging: Double?
    var l1 = 0.0
    var clipNorm: Double?
    var maxNorm: Double?
    var noise = 0.0
    /// A factor for each class.
    var classWeights: [Float] = []
    /// A factor for each row, of mean 1 over the training rows; nil: the examples' own.
    var rowWeights: [Double]?
    var accumulate = 1
    var seed: UInt64 = 0
  }

  init(
    _ architecture: Architecture, loss: Loss, rules: Rules, examples: Examples, scaling: Scaling,
    targetScaling: TargetScaling, batchRows: Int, parameters: [Float], threads: Int
  ) {
    BLAS.prepare()
    self.architecture = architecture
    self.loss = loss
    self.rules = rules
    self.threads = max(1, threads)
    self.parameters = FloatBuffer(parameters)
    state = FloatBuffer(count: rules.optimizer.slots * architecture.parameterCount)
    if rules.optimizer.initialState != 0 {
      state.base.update(repeating: rules.optimizer.initialState, count: state.count)
    }
    statistics = FloatBuffer(count: architecture.statisticsCount)
    for layer in architecture.layers {
      for place in layer.runningVariance { statistics.base[place] = 1 }
    }
    let judgesOthers = rules.averaging != nil || rules.optimizer.judgedShift != 0
    judged = FloatBuffer(count: judgesOthers ? architecture.parameterCount + architecture.statisticsCount : 0)
    gathering = RowGathering(examples, scaling)
    // Another output function than the identity has a range of its own, which the targets are to lie in.
    self.targetScaling = architecture.output == .identity ? targetScaling : .identity
    labels = Labels(examples, self.targetScaling, weights: rules.rowWeights ?? examples.weights)
    lossUnit = LossUnit(loss, self.targetScaling)
    let tiles = Tile.tiles(of: architecture)
    self.tiles = tiles
    allTiles = Self.assign(tiles, threads: self.threads)
    let owners = allTiles
    layerTiles = architecture.layers.indices.map { layer in owners.map { $0.filter { tiles[$0].layer == layer } } }
    passing = Self.passing(architecture, rows: batchRows)
    chunkRows = Workspace.chunkRows(architecture, batchRows: batchRows)
    isLarge = batchRows > Workspace.rowsBetweenLooks(architecture)
    let needsWholeGradient =
      rules.clipNorm != nil || rules.accumulate > 1 || isLarge || rules.optimizer.matrixRule != nil
    workspace = Workspace(
      architecture, rows: chunkRows, threads: self.threads, tiles: tiles,
      wholeGradient: needsWholeGradient, notesSlopes: Self.notesSlopes(architecture),
      matrixScratch: Self.matrixScratch(architecture, rules))
    team = WorkerTeam(threads: self.threads) { [unowned self] piece, thread in self.work(piece, thread) }
  }

  private static func passing(_ architecture: Architecture, rows: Int) -> Passing {
    if architecture.batchNormalization { return .byNeurons }
    // A row is normalised over all neurons of a layer.
    if architecture.normalization == .layer { return .byRows }
    // Few rows make few shards: wide layers have more to share out.
    let widest = architecture.layers.dropLast().map(\.outputs).max() ?? 0
    return rows <= 64 && widest >= 128 ? .byNeurons : .byRows
  }

  static func notesSlopes(_ architecture: Architecture) -> Bool {
    architecture.dropout > 0 || architecture.batchNormalization || !architecture.activation.slopeFollowsFromOutput
  }

  // MARK: Pieces of work

  /// One kind of work on one layer (0 where the layer does not matter), packed into the team's number.
  private enum Piece: Int {
    case rows, gather, forward, output, backward, update, gradient, norm, matrices, apply, average, evaluate
  }

  private func run(_ piece: Piece, layer: Int = 0) { team.run(piece.rawValue << 16 | layer) }

  private func work(_ number: Int, _ thread: Int) {
    let layer = number & 0xffff
    switch Piece(rawValue: number >> 16)! {
    case .rows: eachShard(thread) { trainRows($0) }
    case .gather: eachShard(thread) { gatherInputs(batch.range($0)) }
    case .forward: for tile in layerTiles[layer][thread] where !stops { forwardTile(tiles[tile]) }
    case .output: eachShard(thread) { workspace.sums[$0] = outputAndLoss(batch.range($0)) }
    case .backward: for tile in layerTiles[layer][thread] where !stops { backwardTile(tiles[tile]) }
    case .update: for tile in allTiles[thread] { updateTile(tiles[tile], thread) }
    case .gradient: for tile in allTiles[thread] where !stops { accumulateTile(tiles[tile]) }
    case .norm: for tile in allTiles[thread] { workspace.tileNorms[tile] = squaredNorm(tiles[tile]) }
    case .matrices: directMatrices(thread)
    case .apply: for tile in allTiles[thread] { applyTile(tiles[tile]) }
    case .average: averagePart(thread)
    case .evaluate:
      for shard in stride(from: thread, to: evaluation.shards, by: threads) where !isCancelled() {
        evaluateRows(shard, thread)
      }
    }
  }

  private var stops: Bool { isLarge && batch.mayStop && isCancelled() }

  @inline(__always)
  private func eachShard(_ thread: Int, _ body: (Int) -> Void) {
    for shard in stride(from: thread, to: batch.shards, by: threads) { body(shard) }
  }

  /// Tiles to threads, the largest first to whom has least: fixed for the run, so a thread's cache keeps its tiles.
  private static func assign(_ tiles: [Tile], threads: Int) -> [[Int]] {
    var lists = [[Int]](repeating: [], count: threads)
    var loads = [Int](repeating: 0, count: threads)
    for index in tiles.indices.sorted(by: { (tiles[$1].weights, $0) < (tiles[$0].weights, $1) }) {
      let thread = loads.indices.min { (loads[$0], $0) < (loads[$1], $1) }!
      lists[thread].append(index)
      loads[thread] += tiles[index].weights
    }
    return lists
  }

  // MARK: Whole batches

  /// Forward and backward over rows of at most a chunk. Returns the chunk's sums.
  func pass(_ rows: UnsafeBufferPointer<Int32>, scale: Float, epoch: Int, place: Int) -> LossSums {
    batch.rows = rows
    batch.scale = scale
    batch.epoch = epoch
    batch.place = place
    batch.shards = BatchJob.shards(rows.count)
    switch passing {
    case .byRows: run(.rows)
    case .byNeurons:
      run(.gather)
      let last = architecture.layers.count - 1
      for layer in 0..<last { run(.forward, layer: layer) }
      run(.output)
      // A tile's derivative needs the whole layer above: the layers go down one by one.
      for layer in (0..<last).reversed() { run(.backward, layer: layer) }
    }
    var sums = LossSums()
    for shard in 0..<batch.shards { sums.add(workspace.sums[shard]) }
    return sums
  }

  /// Forward alone, layer by layer, in training mode; the random numbers are those of the first epoch.
  func passForward(_ rows: UnsafeBufferPointer<Int32>, place: Int) {
    batch.rows = rows
    (batch.place, batch.epoch, batch.dropout) = (place, 0, architecture.dropout)
    batch.mayStop = false
    batch.shards = BatchJob.shards(rows.count)
    run(.gather)
    for layer in architecture.layers.indices.dropLast() { run(.forward, layer: layer) }
  }

  /// Takes an update into the running means. O(parameters).
  func followMeans() {
    if rules.averaging != nil { run(.average) }
  }

  /// The gradient of the last pass and the update, tile by tile, without ever holding the whole gradient.
  func updateAtOnce() { run(.update) }

  /// Adds the gradient of the last pass to the whole one (`first`: replaces it).
  func addGradient(first: Bool) {
    batch.replacesGradient = first
    run(.gradient)
  }

  /// Updates from the whole gradient.
  func applyGradient() {
    if rules.optimizer.matrixRule != nil { run(.matrices) }
    run(.apply)
  }

  /// The norm of the whole gradient, as if multiplied by `scale`; the tiles' parts are added in their order.
  func gradientNorm(scale: Float) -> Double {
    run(.norm)
    return tiles.indices.reduce(0) { $0 + workspace.tileNorms[$1] }.squareRoot() * Double(scale)
  }

  /// Loss sums over any rows with the present weights, in evaluation mode; `outputs` collects predictions row by row, in
  /// the unit that the network trains in.
  func evaluate(_ rows: UnsafeBufferPointer<Int32>, outputs: UnsafeMutablePointer<Float>? = nil) -> LossSums {
    evaluation = EvaluationJob(rows: rows, outputs: outputs)
    workspace.reserveSums(evaluation.shards)
    run(.evaluate)
    var sums = LossSums()
    for shard in 0..<evaluation.shards { sums.add(workspace.sums[shard]) }
    return sums
  }
}

/// The chunk of a batch that is worked on.
struct BatchJob {
  var rows = UnsafeBufferPointer<Int32>(start: nil, count: 0)
  /// The derivative of the batch's loss by a row's.
  var scale: Float = 1
  var epoch = 0
  /// The first row's place in the epoch's order: names the random numbers of its rows.
  var place = 0
  /// No gradient of another batch waits for the same update: this one can be left half-way and done again.
  var mayStop = false
  var shards = 1
  var replacesGradient = true
  /// The share that is dropped now.
  var dropout = 0.0

  /// How many shards rows are cut into: by their number only.
  static func shards(_ rows: Int) -> Int {
    rows < 16 ? 1 : max(2, (rows + 127) / 128)
  }

  /// A shard's rows; cut at multiples of 16, where panels can be cut (`RowPanels`).
  func range(_ shard: Int) -> Range<Int> {
    let units = (rows.count + 15) / 16
    return (shard * units / shards * 16)..<min(rows.count, (shard + 1) * units / shards * 16)
  }
}

/// Rows to be evaluated.
struct EvaluationJob {
  static let shardRows = 128
  var rows = UnsafeBufferPointer<Int32>(start: nil, count: 0)
  var outputs: UnsafeMutablePointer<Float>?

  var shards: Int { (rows.count + Self.shardRows - 1) / Self.shardRows }
  func range(_ shard: Int) -> Range<Int> {
    (shard * Self.shardRows)..<min(rows.count, (shard + 1) * Self.shardRows)
  }
}
