import Drawing
import Search
import Studies

/// What `space` shows: the parameters, their domains and conditions, how large the whole is, and what the study fixed beside it.
enum SpaceReport {
  static func table(_ description: SpaceDescription, of study: Study? = nil) -> Table {
    let space = Search.Space(description.parameters)
    let rows = description.parameters.map { parameter in
      [parameter.name, parameter.domain.text, parameter.condition?.text ?? "", size(parameter.domain)]
    }
    let hasConditions = description.parameters.contains { $0.condition != nil }
    var note =
      space.size.map { "\(Number.count($0)) configurations" } ?? "continuous: no finite number of configurations"
    for rule in description.constraints { note += "\nsubject to \(rule.text)" }
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
