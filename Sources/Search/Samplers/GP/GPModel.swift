import LinearAlgebra

#if canImport(Glibc)
  import Glibc
#endif

/// The fitted model of a history, one objective (several are summed after warping, each with a random weight).
///
/// While values are few, two views of them are modelled, one by a power transform and one by half ranks, and their expected
/// improvements added: where one warp misleads, the other does not.
struct GPModel {
  struct View {
    let process: GaussianProcess
    let best: Double
  }
  let views: [View]
  let evidence: Evidence
  /// The trials' coordinates, and the last that is known of each: warped, to be minimised.
  let vectors: [[Double]]
  let values: [Double]
  let taken: Set<[Double]>

  /// More values than these need one view only, and settle the kernel in a few steps from where a part of them puts it.
  private static let few = 150

  static func isKnown(_ trial: Observation) -> Bool { trial.isFinished && !trial.values.isEmpty }

  /// nil where nothing can be fitted.
  init?(_ request: SamplingRequest, _ cube: UnitCube, window: Int) {
    var finished = request.history.filter { Self.isKnown($0) || $0.state == .failed }
    if finished.count > window { finished = Self.thinned(finished, to: window, request.directions) }
    evidence = Evidence(finished, cube, limit: window)
    let rows = evidence.rows
    let observed = rows.map(\.vector)
    let pending = request.history.filter { $0.state == .running }.map { cube.vector($0.point) }
    let ends = evidence.atEnd(pending)
    let categorical = cube.axes.map(\.isCategorical) + (evidence.hasProgress ? [false] : [])
    var views: [View] = []
    var values: [Double] = []
    for warped in Self.warps(rows.map(\.values), request) {
      let kernel = Self.kernel(observed, warped, categorical)
      guard let process = GaussianProcess(observed, warped, kernel, categorical: categorical) else { continue }
      let all = ends.isEmpty ? warped : warped + process.predict(ends).means
      let whole = ends.isEmpty ? process : GaussianProcess(observed + ends, all, kernel, categorical: categorical)
      let best = rows.indices.filter { rows[$0].isEnd }.map { warped[$0] }.min() ?? warped.min()
      guard let whole, let best else { continue }
      views.append(View(process: whole, best: best))
      values = rows.indices.filter { rows[$0].isLatest }.map { warped[$0] } + all.suffix(ends.count)
    }
    if views.isEmpty { return nil }
    (self.views, self.values) = (views, values)
    vectors = finished.map { cube.vector($0.point) } + pending
    taken = Set(request.history.filter { $0.state != .waiting }.map { cube.vector($0.point) })
  }

  /// log of the expected improvement, summed over the views.
  ///
  /// What is observed is the value with its noise, so both the best so far and the deviation include it: near good trials others are
  /// worth trying even where the mean is settled.
  func logImprovement(_ points: [[Double]]) -> [Double] {
    let points = evidence.atEnd(points)
    var total = [Double](repeating: -.infinity, count: points.count)
    for view in views {
      let (means, variances) = view.process.predict(points)
      let noise = view.process.kernel.noise
      for index in points.indices {
        let deviation = (variances[index] + noise).squareRoot()
        total[index] = Normal.logSum(
          total[index], ExpectedImprovement.log(mean: means[index], deviation: deviation, best: view.best))
      }
    }
    return total
  }

  /// The likeliest kernel; of many values a part is fitted first, as each step costs their number cubed.
  private static func kernel(_ vectors: [[Double]], _ values: [Double], _ categorical: [Bool]) -> Matern {
    let fit = KernelFit(vectors, values, categorical: categorical)
    guard vectors.count > few else { return fit.best() }
    let stride = Double(vectors.count) / Double(few)
    let part = (0..<few).map { Int(Double($0) * stride) }
    let start = KernelFit(part.map { vectors[$0] }, part.map { values[$0] }, categorical: categorical).best()
    return fit.best(rounds: 5, starts: [fit.coordinates(start)])
  }

  /// The rows' values, one an objective, as the views see them; a failed trial, which has none, is as bad as the worst.
  private static func warps(_ rows: [[Double]], _ request: SamplingRequest) -> [[Double]] {
    if request.directions.count == 1 {
      let keys = rows.map { $0.isEmpty ? .infinity : request.directions[0].key($0[0]) }
      return rows.count > few ? [OutputWarp.warped(keys)] : [OutputWarp.halfRanked(keys), OutputWarp.warped(keys)]
    }
    // Chebyshev's scalarisation with weights drawn for this suggestion (ParEGO, Knowles 2006).
    var random = request.stream("weights")
    let weights = request.directions.map { _ in -log(1 - random.uniform()) }
    let total = weights.reduce(0, +)
    let warped = request.directions.indices.map { objective in
      OutputWarp.warped(rows.map { request.directions.keys($0)[objective] })
    }
    return [
      OutputWarp.standardized(
        rows.indices.map { row in
          let parts = warped.indices.map { weights[$0] / total * (warped[$0][row] + 3) }
          return (parts.max() ?? 0) + 0.05 * parts.reduce(0, +)
        })
    ]
  }

  /// The best third and the newest of the others, in order of numbers.
  private static func thinned(_ trials: [Observation], to count: Int, _ directions: [Direction]) -> [Observation] {
    let keys = trials.map { directions.keys($0.values)[0] }
    let byValue = trials.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
    var kept = Set(byValue.prefix(count / 3))
    for index in trials.indices.reversed() where kept.count < count { kept.insert(index) }
    return kept.sorted().map { trials[$0] }
  }
}
