import Vocabulary

/// The pruners by name. A new one is a file beside this and a line in `all`.
package enum Pruners {
  package struct Entry: Sendable {
    package let syntax: Syntax
    let make: @Sendable (Call) throws(SearchError) -> any Pruner

    init(_ syntax: Syntax, make: @escaping @Sendable (Call) throws(SearchError) -> any Pruner) {
      self.syntax = syntax
      self.make = make
    }
  }

  package static let all: [Entry] = [
    NoPruner.entry, PercentilePruner.medianEntry, PercentilePruner.entry, SuccessiveHalvingPruner.entry,
    HyperbandPruner.entry,
    PatientPruner.entry, ThresholdPruner.entry, WilcoxonPruner.entry,
  ]

  /// The pruner that a call names, with its options.
  package static func make(_ call: Call) throws(SearchError) -> any Pruner {
    guard let entry = all.first(where: { $0.syntax.name == call.name }) else {
      throw SearchError(
        "there is no pruner '\(call.name)'", hint: "one of " + all.map(\.syntax.name).joined(separator: ", "))
    }
    return try entry.make(call)
  }
}

/// Lets every trial run to its end.
package struct NoPruner: Pruner {
  package static let syntax = Syntax("none", "lets every trial run to its end")
  static let entry = Pruners.Entry(syntax) { _ in NoPruner() }

  package init() {}
  package var looksBack: Bool { false }
  package func shouldPrune(_ request: PruningRequest) -> Bool { false }
}
