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
    var isAbove = [Bool](repeating: false, count: history.count)
    // Fields are read in place: a copy of a trial counts six references.
    for index in history.indices {
      switch history[index].state {
      case .running: isAbove[index] = true
      case .complete, .pruned:
        if history[index].violation > 0 {
          infeasible.append(index)
        } else if history[index].state == .complete {
          complete.append(index)
        } else {
          pruned.append(index)
        }
      case .failed, .waiting: break
      }
    }
    var chosen: [Int] = []
    func take(_ candidates: [Int], by key: (Int) -> Key) {
      chosen += smallest(below - chosen.count, of: candidates, by: key)
    }
    if directions.count > 1 {
      let best = ParetoSelection.best(
        min(below, complete.count), of: complete.map { directions.keys(history[$0].values) })
      chosen = best.map { complete[$0] }
    } else {
      take(complete) { (directions[0].key(history[$0].values.first ?? .nan), 0) }
    }
    take(pruned) { history[$0].prunedKey(directions[0]) }
    take(infeasible) { (history[$0].violation, 0) }
    chosen.sort()
    for index in complete + pruned + infeasible { isAbove[index] = true }
    for index in chosen { isAbove[index] = false }
    return (chosen, history.indices.filter { isAbove[$0] })
  }

  private typealias Key = (Double, Double)

  /// The `count` indices with the smallest keys, the earlier of equal ones. O(n) where few of many are wanted.
  private static func smallest(_ count: Int, of indices: [Int], by key: (Int) -> Key) -> [Int] {
    if count <= 0 { return [] }
    if count >= indices.count { return indices }
    var kept: [(key: Key, index: Int)] = []
    for index in indices {
      let key = key(index)
      if kept.count == count {
        guard key < kept[count - 1].key else { continue }
        kept.removeLast()
      }
      // After all that are not larger: equal keys stay in order.
      var (low, high) = (0, kept.count)
      while low < high {
        let middle = (low + high) / 2
        if key < kept[middle].key { high = middle } else { low = middle + 1 }
      }
      kept.insert((key, index), at: low)
    }
    return kept.map(\.index)
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
