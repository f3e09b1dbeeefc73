/// Divides trials into those that are modelled as good and the others.
package enum TPESplit {
  /// The share of good trials that Optuna 5 takes: a tenth, at most 25 where there is one objective.
  package static func belowCount(_ finished: Int, objectives: Int = 1) -> Int {
    let tenth = Int((0.1 * Double(finished)).rounded(.up))
    return objectives > 1 ? tenth : min(tenth, 25)
  }

  /// Indices into `history` of good and other trials, both in order of numbers.
  ///
  /// Complete trials come first by value; then pruned ones, those that came further first; then infeasible ones by violation.
  /// Running trials, whose end is not known, count as bad. Failed ones are left out.
  package static func split(
    _ history: [Observation], below: Int, directions: [Direction]
  ) -> (below: [Int], above: [Int]) {
    var complete: [Int] = []
    var pruned: [Int] = []
    var infeasible: [Int] = []
    var above: [Int] = []
    for (index, trial) in history.enumerated() {
      switch trial.state {
      case .running: above.append(index)
      case .complete, .pruned:
        if trial.violation > 0 {
          infeasible.append(index)
        } else if trial.state == .complete {
          complete.append(index)
        } else {
          pruned.append(index)
        }
      case .failed, .waiting: break
      }
    }
    var chosen: [Int] = []
    var left = below
    func take(_ sorted: [Int]) {
      chosen += sorted.prefix(left)
      above += sorted.dropFirst(left)
      left = max(0, left - sorted.count)
    }
    if directions.count > 1 {
      let best = ParetoSelection.best(min(left, complete.count), of: complete.map { directions.keys(history[$0].values) })
      let isBest = Set(best)
      take(complete.indices.filter { isBest.contains($0) }.map { complete[$0] }
        + complete.indices.filter { !isBest.contains($0) }.map { complete[$0] })
    } else {
      take(sorted(complete) { (directions[0].key(history[$0].values.first ?? .nan), 0) })
    }
    take(sorted(pruned) { history[$0].prunedKey(directions[0]) })
    take(sorted(infeasible) { (history[$0].violation, 0) })
    return (chosen.sorted(), above.sorted())
  }

  /// Ascending by key; equal keys stay in order.
  private static func sorted(_ indices: [Int], by key: (Int) -> (Double, Double)) -> [Int] {
    var keyed = indices.map { (key: key($0), index: $0) }
    keyed.sort { $0.key != $1.key ? $0.key < $1.key : $0.index < $1.index }
    return keyed.map(\.index)
  }
}

extension Observation {
  /// The sum of the broken constraints; 0 where it is feasible.
  package var violation: Double { violations.reduce(0) { $1 > 0 ? $0 + $1 : $0 } }

  package var isFeasible: Bool { violations.allSatisfy { $0 <= 0 } }

  package var isFinished: Bool { state == .complete || state == .pruned }

  /// A pruned trial's place: further first, then better; without reports last.
  fileprivate func prunedKey(_ direction: Direction) -> (Double, Double) {
    guard let last = reports.last else { return (1, 0) }
    return (-Double(last.step), direction.key(last.value))
  }
}
