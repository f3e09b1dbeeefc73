/// Begins a study with what earlier ones found best, as long as it is better than what the sampler finds by itself.
///
/// The first trial has the best configuration of the first earlier study; the second is the sampler's own. Where the transferred
/// ones are ahead, up to `count` of them follow, of several studies in turn; where they are behind, the rest waits. So a study that
/// misleads costs one trial. A pure function of the history.
package struct EarlierStart: Sendable {
  /// How many configurations are transferred at most.
  package static let count = 5
  /// In how many of a study's first trials.
  package static let span = 12

  /// What is transferred: values of some or all parameters, distinct and apart from each other.
  package let configurations: [Point]

  package init(_ studies: [EarlierStudy], in space: Space) {
    let cube = UnitCube(space)
    var queues = studies.map { study in study.best.map(space.values).filter { !$0.isEmpty }[...] }
    var chosen: [(point: Point, vector: [Double])] = []
    while chosen.count < Self.count, queues.contains(where: { !$0.isEmpty }) {
      for index in queues.indices where chosen.count < Self.count {
        while let point = queues[index].popFirst() {
          let vector = cube.vector(point)
          guard !chosen.contains(where: { cube.isNear($0.vector, vector) }) else { continue }
          chosen.append((point, vector))
          break
        }
      }
    }
    configurations = chosen.map(\.point)
  }

  /// What the next trial is to have, and how many trials have had their part; nil if the sampler is to choose freely.
  package func next(after history: [Observation], _ directions: [Direction]) -> (values: Point?, transferred: Int) {
    if history.count >= Self.span { return (nil, 0) }
    var untried = configurations
    var transferred: [Observation] = []
    var own: [Observation] = []
    for trial in history where trial.state != .waiting {
      if let place = untried.firstIndex(where: { trial.point.agrees(with: $0) }) {
        untried.remove(at: place)
        transferred.append(trial)
      } else {
        own.append(trial)
      }
    }
    var isNext = transferred.count <= own.count
    if let known = Self.median(transferred, directions), let other = Self.median(own, directions) {
      isNext = known <= other
    }
    return (isNext ? untried.first : nil, transferred.count)
  }

  /// The middle one of the values that are known, to be minimised; a trial that was pruned or failed is worst. nil if nothing is known,
  /// or if there are several objectives.
  private static func median(_ trials: [Observation], _ directions: [Direction]) -> Double? {
    guard directions.count == 1 else { return nil }
    let keys = trials.filter { $0.state != .running }.map { trial in
      trial.state == .complete ? directions.keys(trial.values)[0] : .infinity
    }
    return keys.isEmpty ? nil : keys.sorted()[(keys.count - 1) / 2]
  }
}

extension Point {
  /// Whether it has the other's values, as far as it has these parameters.
  fileprivate func agrees(with values: Point) -> Bool {
    var isMet = false
    for (name, value) in values {
      guard let own = self[name] else { continue }
      if !own.isSame(as: value) { return false }
      isMet = true
    }
    return isMet
  }
}

extension UnitCube {
  /// Whether two configurations differ nowhere by more than a tenth of a range, and in no set.
  fileprivate func isNear(_ a: [Double], _ b: [Double]) -> Bool {
    axes.indices.allSatisfy { axes[$0].isCategorical ? a[$0] == b[$0] : abs(a[$0] - b[$0]) <= 0.1 }
  }
}
