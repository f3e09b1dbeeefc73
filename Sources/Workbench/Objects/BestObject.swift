import Language
import Studies

/// `best`: the best trial, and what may be quoted of it: `best.interval`, `best.ties`, `best.beats_default`.
struct BestObject: SessionObject {
  let trial: TrialRecord
  let study: Study

  var typeName: String { "a trial" }

  func plain() throws -> Value {
    guard case .dict(var entries) = try TrialObject(trial: trial).plain() else { return .none }
    let quotation = StudyQuotation(trial, of: study)
    let interval = quotation?.interval.map { Value.list([.float($0.lowerBound), .float($0.upperBound)]) }
    entries.append(.init("interval", interval ?? .none))
    entries.append(.init("ties", .list(quotation?.ties.map { .int($0.number) } ?? [])))
    entries.append(.init("beats_default", quotation?.chanceOfBeatingDefault.map(Value.float) ?? .none))
    return .dict(entries)
  }
}
