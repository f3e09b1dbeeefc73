import Vocabulary

/// Lets a trial be pruned only when its last reports have brought nothing.
package struct PatientPruner: Pruner {
  package static let syntax = Syntax(
    "patient", "prunes only where the last reports have brought nothing, and then asks another pruner, if there is one",
    formula: "candidate if best(before) + min_delta < best(last patience + 1), minimised",
    source: "conventions of Optuna 5",
    options: [
      Option("patience", .int(0...1_000_000), default: .int(2), "reports without improvement that are borne"),
      Option("min_delta", .float(.nonNegative), default: .float(0), "a loss of this much or less is borne too"),
      Option(
        "pruner",
        .call([
          NoPruner.syntax, PercentilePruner.medianSyntax, PercentilePruner.syntax, SuccessiveHalvingPruner.syntax,
          HyperbandPruner.syntax, ThresholdPruner.syntax, WilcoxonPruner.syntax,
        ]), default: .call(Call("none")), "what is asked then; none: the trial is pruned"),
    ], example: "tune pruner=patient(3, pruner=median)")
  static let entry = Pruners.Entry(syntax) { call throws(SearchError) in
    let wrapped = call.call("pruner", syntax) ?? Call("none")
    return PatientPruner(
      patience: call.int("patience", syntax) ?? 2, minDelta: call.float("min_delta", syntax) ?? 0,
      wrapped: wrapped.name == "none" ? nil : try Pruners.make(wrapped))
  }

  let patience: Int
  let minDelta: Double
  let wrapped: (any Pruner)?

  package func shouldPrune(_ request: PruningRequest) -> Bool {
    let reports = request.trial.reports
    guard reports.count > patience + 1 else { return false }
    func best(_ values: ArraySlice<(step: Int, value: Double)>) -> Double? {
      values.map(\.value).filter { !$0.isNaN }.map(request.direction.key).min()
    }
    // Without a number on either side nothing can be compared.
    guard let before = best(reports.dropLast(patience + 1)), let after = best(reports.suffix(patience + 1)),
      before + minDelta < after
    else { return false }
    return wrapped?.shouldPrune(request) ?? true
  }
}
