/// Where trials have failed: a configuration is expected to fail if the trial nearest to it did.
///
/// It warns of nothing before three trials have failed, so a study without failures is searched as if it did not exist.
struct FailureMap {
  private let cube: UnitCube
  private let known: [(vector: [Double], hasFailed: Bool)]

  init(_ request: SamplingRequest) {
    cube = UnitCube(request.space)
    guard request.history.failedCount >= 3 else {
      known = []
      return
    }
    let cube = cube
    known = request.history.filter { $0.isFinished || $0.state == .failed }.suffix(200)
      .map { (cube.vector($0.point), $0.state == .failed) }
  }

  /// O(trials), of which the newest 200 are looked at.
  func warns(of point: Point) -> Bool {
    if known.isEmpty { return false }
    let vector = cube.vector(point)
    func distance(_ other: [Double]) -> Double {
      zip(vector, other).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    return known.min { distance($0.vector) < distance($1.vector) }?.hasFailed ?? false
  }
}

extension RandomSampler {
  /// A random draw, or another of a few if it is expected to fail.
  func suggestAwayFromFailures(_ request: SamplingRequest) -> Suggestion? {
    let failures = FailureMap(request)
    var random = request.stream("random")
    var point = request.space.randomPoint(&random)
    for _ in 0..<8 where failures.warns(of: point) { point = request.space.randomPoint(&random) }
    return Suggestion(point)
  }
}
