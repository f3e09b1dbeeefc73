import LinearAlgebra

/// The order in which an epoch takes the rows, cut into batches.
final class EpochOrder {
  private let base: [Int32]
  private let current: UnsafeMutableBufferPointer<Int32>
  let batchRows: Int
  private let shuffle: Bool
  private let seed: UInt64
  private var epoch = -1

  init(_ rows: [Int32], batchRows: Int, shuffle: Bool, seed: UInt64) {
    base = rows
    current = .allocate(capacity: max(rows.count, 1))
    _ = current.initialize(from: rows)
    (self.batchRows, self.shuffle, self.seed) = (batchRows, shuffle, seed)
  }

  deinit { current.deallocate() }

  var batches: Int { (base.count + batchRows - 1) / batchRows }

  /// Every epoch has an order of its own, drawn from the seed and its number alone: a resumed run finds it again.
  func prepare(epoch: Int) {
    guard shuffle, epoch != self.epoch else { return }
    self.epoch = epoch
    _ = current.update(from: base)
    var random = RandomStream(seed: seed, "order", epoch)
    for i in stride(from: base.count - 1, to: 0, by: -1) { current.swapAt(i, random.below(i + 1)) }
  }

  func start(_ batch: Int) -> Int { batch * batchRows }

  func rows(_ batch: Int) -> UnsafeBufferPointer<Int32> {
    UnsafeBufferPointer(rebasing: current[start(batch)..<min(base.count, start(batch + 1))])
  }
}
