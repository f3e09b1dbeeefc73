import Foundation
import Search
import Testing

/// Reference numbers that other programs computed: Tests/References.
@Suite struct OracleTests {
  @Test func `CMA-ES follows the cmaes package's trajectory`() throws {
    for run in try Reference("cmaes_trajectory").list("runs") {
      let dimensions = run["dimensions"] as! Int
      var cma = CMAES(
        mean: [Double](repeating: 0.5, count: dimensions), sigma: 1.0 / 6, population: run["population"] as? Int)
      for (generation, step) in (run["steps"] as! [[String: Any]]).enumerated() {
        cma.tell(step["sorted"] as! [[Double]])
        let expected = (step["mean"] as! [Double]) + [step["sigma"] as! Double] + (step["covariance"] as! [Double])
        for (ours, theirs) in zip(cma.mean + [cma.sigma] + cma.covariance, expected) {
          #expect(isClose(ours, theirs), "\(dimensions) dimensions, generation \(generation)")
        }
      }
    }
  }

  @Test func `a CMA-ES point has the learned covariance`() {
    var cma = CMAES(mean: [0, 0], sigma: 0.5)
    cma.tell([[0.3, 0.4], [0.2, 0.3], [0.1, 0.15], [-0.2, 0.1], [0.3, -0.4], [-0.5, 0.4]])
    // B·D applied to the unit vectors gives columns whose outer products sum to sigma² C.
    let columns = [[1.0, 0], [0, 1]].map { cma.point($0) }.map { [$0[0] - cma.mean[0], $0[1] - cma.mean[1]] }
    for i in 0..<2 {
      for j in 0..<2 {
        let sum = columns.reduce(0) { $0 + $1[i] * $1[j] }
        #expect(isClose(sum, cma.sigma * cma.sigma * cma.covariance[2 * i + j], 1e-12))
      }
    }
  }

  @Test func `Sobol's points are SciPy's`() throws {
    let expected = try Reference("sobol").json["points"] as! [[Double]]
    let sequence = SobolSequence(dimensions: 64)
    for (index, point) in expected.enumerated() { #expect(sequence.point(index) == point) }
  }

  @Test func `scrambled points are spread like a net`() {
    let sequence = SobolSequence(dimensions: 5, scramble: [1, 22, 333, 4444, 55555])
    let points = (0..<64).map { sequence.point($0) }
    for dimension in 0..<5 {
      #expect(Set(points.map { Int($0[dimension] * 64) }).count == 64)
    }
    #expect(points.allSatisfy { $0.allSatisfy { $0 > 0 && $0 < 1 } })
  }

  @Test func `importances are Optuna's`() throws {
    let reference = try Reference("importance")
    let space = reference.space("importance")
    for study in reference.list("studies") {
      let directions = (study["directions"] as! [String]).map { Direction(rawValue: $0)! }
      let values = study["values"] as! [[Double]]
      let history = (study["params"] as! [[String: Any]]).enumerated().map {
        Observation(number: $0, state: .complete, point: space.point($1), values: values[$0])
      }
      let ours = PEDAnova.importance(history, space: space, directions: directions)
      let theirs = study["importance"] as! [String: Double]
      for (name, share) in ours {
        #expect(isClose(share, theirs[name] ?? 0), "\(history.count) trials, \(directions), \(name)")
      }
      #expect(ours.map(\.share) == ours.map(\.share).sorted(by: >))
    }
  }

  @Test func `pruned trials count as worse than complete ones`() {
    let space = Space([
      Parameter("matters", in: .float(low: 0, high: 1)), Parameter("idle", in: .float(low: 0, high: 1)),
    ])
    let history = (0..<60).map { number -> Observation in
      let (a, b) = (Double(number * 37 % 60) / 60, Double(number * 23 % 60) / 60)
      let isPruned = a > 0.3
      return Observation(
        number: number, state: isPruned ? .pruned : .complete, point: ["matters": .float(a), "idle": .float(b)],
        values: isPruned ? [] : [b])
    }
    let shares = PEDAnova.importance(history, space: space, directions: [.minimize])
    let complete = PEDAnova.importance(history.filter { $0.state == .complete }, space: space, directions: [.minimize])
    let share = { (list: [(name: String, share: Double)]) in list.first { $0.name == "matters" }!.share }
    #expect(share(shares) > share(complete))
  }

  @Test func `Gaussian process: likelihood, gradient and posterior are the direct computation's`() throws {
    for recorded in try Reference("gaussian_process").list("cases") {
      let categorical = recorded["categorical"] as! [Bool]
      let (x, y) = (recorded["x"] as! [[Double]], recorded["y"] as! [Double])
      let theta = recorded["theta"] as! [Double]
      let fit = KernelFit(x, y, categorical: categorical)
      let (loss, gradient) = fit.loss(theta)
      #expect(isClose(loss, recorded["loss"] as! Double))
      for (ours, theirs) in zip(gradient, recorded["gradient"] as! [Double]) { #expect(isClose(ours, theirs, 1e-8)) }
      let process = try #require(GaussianProcess(x, y, fit.kernel(theta), categorical: categorical))
      let (means, variances) = process.predict(recorded["at"] as! [[Double]])
      for (ours, theirs) in zip(means, recorded["means"] as! [Double]) { #expect(isClose(ours, theirs)) }
      for (ours, theirs) in zip(variances, recorded["variances"] as! [Double]) { #expect(isClose(ours, theirs)) }
    }
  }

  @Test func `the fitted kernel is a stationary point`() throws {
    let recorded = try Reference("gaussian_process").list("cases")[2]
    let fit = KernelFit(
      recorded["x"] as! [[Double]], recorded["y"] as! [Double], categorical: recorded["categorical"] as! [Bool])
    let kernel = fit.best(rounds: 200)
    let theta = kernel.relevance.map { log($0) } + [log(kernel.scale), log(kernel.noise - 1e-6)]
    #expect(fit.loss(theta).gradient.allSatisfy { abs($0) < 0.05 })
  }

  @Test func `log expected improvement is right to the far tail`() throws {
    let reference = try Reference("gaussian_process").json["log_improvement"] as! [[Double]]
    for pair in reference {
      let ours = ExpectedImprovement.log(mean: -pair[0], deviation: 1, best: 0)
      #expect(isClose(ours, pair[1], 1e-10))
    }
  }

  @Test func `hypervolume and crowding on worked cases`() {
    #expect(Hypervolume.of([[1, 2], [2, 1]], [3, 3]) == 3)
    #expect(Hypervolume.of([[0, 0, 0]], [1, 2, 3]) == 6)
    #expect(Hypervolume.of([[0, 1, 1], [1, 0, 1], [1, 1, 0]], [2, 2, 2]) == 4)
    #expect(ParetoSelection.ranks([[1, 1], [2, 2], [0, 3], [2, 2]]) == [0, 1, 0, 1])
    #expect(ParetoSelection.crowding([[0, 4], [1, 2], [4, 0]]) == [.infinity, 2, .infinity])
  }
}
