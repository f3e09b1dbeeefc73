import LinearAlgebra

/// Looks for the configuration with the largest expected improvement: many points at large, then steps from the best of them.
struct AcquisitionSearch {
  private let model: GPModel
  private let cube: UnitCube
  private let request: SamplingRequest
  private var random: RandomStream

  init(_ model: GPModel, _ cube: UnitCube, _ request: SamplingRequest, _ random: inout RandomStream) {
    self.model = model
    self.cube = cube
    self.request = request
    self.random = random
  }

  private typealias Scored = (vector: [Double], score: Double)

  /// The best configuration that has not been tried; where all have been, the best.
  mutating func best() -> Point {
    var front = score(atLarge())
    front.sort { $0.score > $1.score }
    var starts = Array(front.prefix(10))
    for (round, share) in [1, 0.6, 0.4, 0.25, 0.15, 0.1, 0.06, 0.04, 0.025, 0.015, 0.01, 0.006].enumerated() {
      let spread = 0.2 * share
      starts = Self.leading(starts, count: max(2, 10 - round))
      var gained = false
      var steps: [[Double]] = []
      var owners: [Int] = []
      for (owner, start) in starts.enumerated() {
        for step in neighbours(start.vector, spread) {
          steps.append(step)
          owners.append(owner)
        }
      }
      let scored = evaluate(steps)
      for (index, value) in scored.enumerated() where value > starts[owners[index]].score {
        starts[owners[index]] = (steps[index], value)
        gained = true
      }
      if !gained && isDiscrete { break }
    }
    let winner = starts.max { $0.score < $1.score } ?? front[0]
    return cube.point(winner.vector)
  }

  /// The best of them without repetitions: several starts may climb the same hill, and those far behind do not catch up.
  private static func leading(_ starts: [Scored], count: Int) -> [Scored] {
    var leading: [Scored] = []
    for start in starts.sorted(by: { $0.score > $1.score }) where leading.count < count {
      if !leading.contains(where: { $0.vector == start.vector }) { leading.append(start) }
    }
    return leading
  }

  private var isDiscrete: Bool { cube.axes.allSatisfy { $0.domain.count != nil } }

  /// Random configurations, half of them, and changes of the best ones so far.
  private mutating func atLarge() -> [[Double]] {
    var points: [[Double]] = []
    for _ in 0..<1000 {
      points.append(cube.canonical(cube.vector(request.space.configuration { $0.domain.draw(&random) })))
    }
    let order = model.values.indices.sorted { (model.values[$0], $0) < (model.values[$1], $1) }
    for index in order.prefix(10) {
      for _ in 0..<50 {
        points.append(changed(model.vectors[index], chance: 2 / Double(max(2, cube.axes.count)), spread: 0.15))
      }
    }
    return points
  }

  /// A vector with some of its coordinates moved, at least one.
  private mutating func changed(_ vector: [Double], chance: Double, spread: Double) -> [Double] {
    var vector = vector
    let sure = random.below(vector.count)
    for axis in vector.indices where axis == sure || random.uniform() < chance {
      if let levels = cube.axes[axis].levels, cube.axes[axis].isCategorical {
        vector[axis] = levels[random.below(levels.count)]
      } else {
        vector[axis] = min(max(vector[axis] + spread * random.normal(), 0), 1)
      }
    }
    return cube.canonical(vector)
  }

  /// All single changes to steps and choices where they are few, and random moves.
  private mutating func neighbours(_ vector: [Double], _ spread: Double) -> [[Double]] {
    var result: [[Double]] = []
    for axis in vector.indices {
      if let levels = cube.axes[axis].levels, levels.count <= 24 {
        for level in levels where level != vector[axis] {
          var step = vector
          step[axis] = level
          result.append(cube.space.isConditional ? cube.canonical(step) : step)
        }
      } else {
        for _ in 0..<4 {
          var step = vector
          step[axis] = min(max(step[axis] + spread * random.normal(), 0), 1)
          result.append(cube.canonical(step))
        }
      }
    }
    for _ in 0..<20 { result.append(changed(vector, chance: 0.5, spread: spread)) }
    return result
  }

  private func score(_ vectors: [[Double]]) -> [Scored] {
    Array(zip(vectors, evaluate(vectors)))
  }

  /// What has been tried comes last but for what breaks a constraint.
  private func evaluate(_ vectors: [[Double]]) -> [Double] {
    let improvements = model.logImprovement(vectors)
    return vectors.indices.map { index in
      if model.taken.contains(vectors[index]) { return -1e300 }
      if !request.space.constraints.isEmpty && !request.space.isFeasible(cube.point(vectors[index])) {
        return -.infinity
      }
      return improvements[index]
    }
  }
}
