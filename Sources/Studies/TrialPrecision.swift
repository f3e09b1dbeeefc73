import Storage

/// How far a trial's value can be trusted: what it was in each training, and what other validation rows would have made of it.
///
/// Kept with the trial, so that a study says the same in another session.
package struct TrialPrecision: Sendable, Hashable {
  /// A trial's system attribute.
  static let key = "attune:precision"

  /// The sample's standard deviation of each value over repeats and folds; empty if it is one training.
  package var spread: [Double] = []
  /// The value of each training, if there are several.
  package var parts: [Double] = []
  /// Folds that each took a turn as validation rows; 0 if the parts differ in their seeds alone.
  package var folds = 0
  /// The changes of the value when half of the validation rows count double and the others not at all: the halves are the same for
  /// all trials of a study. Empty if that is not known.
  package var replicates: [Double] = [] {
    // In the digits that are kept, so that another session says the same. Single precision is more than an error bar needs.
    didSet { replicates = replicates.map { Double("\(Float($0))") ?? 0 } }
  }
  /// Validation rows, over all folds.
  package var rows = 0

  package init(spread: [Double] = []) { self.spread = spread }

  /// Empty if the text is not what this program writes.
  init(_ json: String?) {
    guard let json, let parsed = LooseJSON(json) else { return }
    func numbers(_ name: String) -> [Double] {
      let values = parsed[name]?.list?.compactMap(\.number) ?? []
      return values.count <= 10_000 && values.allSatisfy(\.isFinite) ? values : []
    }
    (parts, replicates) = (numbers("parts"), numbers("replicates"))
    folds = min(max(0, parsed["folds"]?.int ?? 0), 10_000)
    rows = max(0, parsed["rows"]?.int ?? 0)
  }

  /// nil if there is nothing to keep beside the spread.
  var json: String? {
    let finite = parts.allSatisfy(\.isFinite) && replicates.allSatisfy(\.isFinite)
    guard finite, !parts.isEmpty || !replicates.isEmpty else { return nil }
    var members: [LooseJSON.Member] = []
    func add(_ name: String, _ values: [Double]) {
      if !values.isEmpty { members.append(.init(key: name, value: .list(values.map(LooseJSON.float)))) }
    }
    add("parts", parts)
    if folds > 0 { members.append(.init(key: "folds", value: .int(folds))) }
    add("replicates", replicates)
    if rows > 0 { members.append(.init(key: "rows", value: .int(rows))) }
    return LooseJSON.object(members).json
  }
}
