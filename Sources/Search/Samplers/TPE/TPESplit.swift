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
    var isAbove = [Bool](repeating: false, count: history.count)
    let isSingle = directions.count == 1
    var complete = Best(isSingle ? below : history.count)
    var (pruned, infeasible) = (Best(below), Best(below))
    // Fields are read in place: a copy of a trial counts eight references.
    for index in history.indices {
      switch history[index].state {
      case .running: isAbove[index] = true
      case .complete, .pruned:
        isAbove[index] = true
        let violation = history[index].violation
        if violation > 0 {
          infeasible.take(index, (violation, 0))
        } else if history[index].state == .pruned {
          pruned.take(index, history[index].prunedKey(directions[0]))
        } else if isSingle {
          complete.take(index, (directions[0].key(history[index].values.first ?? .nan), 0))
        } else {
          complete.take(index, (Double(index), 0))
        }
      case .failed, .waiting: break
      }
    }
    var chosen = complete.indices
    if !isSingle {
      let best = ParetoSelection.best(
        min(below, chosen.count), of: chosen.map { directions.keys(history[$0].values) })
      chosen = best.map { chosen[$0] }
    }
    chosen += pruned.indices.prefix(max(0, below - chosen.count))
    chosen += infeasible.indices.prefix(max(0, below - chosen.count))
    chosen.sort()
    for index in chosen { isAbove[index] = false }
    var above: [Int] = []
    above.reserveCapacity(history.count)
    for index in isAbove.indices where isAbove[index] { above.append(index) }
    return (chosen, above)
  }

  private typealias Key = (Double, Double)

  /// The indices with the smallest keys so far, the earlier of equal ones first. O(1) for one that is not among them.
  private struct Best {
    private let count: Int
    private var kept: [(key: Key, index: Int)] = []

    init(_ count: Int) { self.count = count }

    var indices: [Int] { kept.map(\.index) }

    /// Indices are given in ascending order.
    mutating func take(_ index: Int, _ key: Key) {
      if kept.count >= count {
        guard count > 0, key < kept[count - 1].key else { return }
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
