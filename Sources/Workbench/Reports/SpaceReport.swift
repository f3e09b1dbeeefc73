import Drawing
import Search
import Studies

/// What `space` shows: the parameters, their domains and conditions, how large the whole is, and what the study fixed beside it.
enum SpaceReport {
  static func table(_ description: SpaceDescription, of study: Study? = nil) -> Table {
    let space = Search.Space(description.parameters)
    let rows = description.parameters.map { parameter in
      [parameter.name, description.domainText(parameter), parameter.condition?.text ?? "", size(parameter.domain)]
    }
    let hasConditions = description.parameters.contains { $0.condition != nil }
    var note =
      space.size.map { "\(Number.count($0)) configuration\($0 == 1 ? "" : "s")" }
      ?? "continuous: no finite number of configurations"
    for rule in description.constraints where !rule.isImplied { note += "\nsubject to \(rule.text)" }
    for parameter in description.parameters {
      if let last = parameter.domain.lastBeforeEnd {
        note += "\n\(parameter.name) ends at \(last): its steps leave the end of the range out"
      }
    }
    let fixed = study.map { FixedSettings($0).arguments("fixed") } ?? [:]
    if let study, !fixed.isEmpty { note += "\nfixed in \(study.name): \(TuneRequest.pairs(fixed))" }
    return Table(
      title: description.isExternal ? "external space" : "space",
      columns: [.init("parameter", .left), .init("domain", .left), .init("when", .left), .init("values")]
        .filter { hasConditions || $0.title != "when" },
      rows: hasConditions ? rows : rows.map { [$0[0], $0[1], $0[3]] }, note: note)
  }

  private static func size(_ domain: Domain) -> String {
    domain.count.map(Number.count) ?? "continuous"
  }
}

extension Domain {
  /// The highest value, if the steps from the low end do not come to the high one.
  fileprivate var lastBeforeEnd: ParameterValue? {
    guard let count, count > 0 else { return nil }
    let last = value(at: count - 1)
    switch self {
    case .int(_, let high, _, _): return last == .int(high) ? nil : last
    case .float(_, let high, let step?, _): return abs((last.number ?? high) - high) > 1e-9 * step ? last : nil
    default: return nil
    }
  }
}
