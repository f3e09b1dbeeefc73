import Drawing
import Language
import Search
import Studies

/// What `importance` says, as a table and as a plot.
enum ImportanceReport {
  static let method = "PED-ANOVA"

  /// Of one objective of several, or of all together.
  static func shares(of study: Study, objective: Int? = nil, at span: Span) throws -> [(name: String, share: Double)] {
    let trials = study.trials
    let complete = trials.filter { $0.state == .complete }.count
    guard complete >= 2 else {
      throw Diagnostic(
        "importance needs at least two complete trials", at: span, hint: "the study has " + TrialsReport.counts(trials))
    }
    var (observations, directions) = (trials.map(\.observation), study.directions)
    if let objective {
      directions = [directions[objective]]
      for index in observations.indices where observations[index].values.indices.contains(objective) {
        observations[index].values = [observations[index].values[objective]]
      }
    }
    let shares = PEDAnova.importance(observations, space: study.space, directions: directions)
    guard shares.contains(where: { $0.share > 0 }) else {
      throw Diagnostic("the trials do not tell the parameters apart", at: span, hint: "more trials may")
    }
    return shares
  }

  static func table(_ shares: [(name: String, share: Double)], _ study: Study) -> Table {
    let complete = study.trials.count { $0.state == .complete }
    let caution = complete < 10 ? "; with \(complete) complete trials the shares are mostly chance" : ""
    return Table(
      title: "study \(study.name), importance for \(study.metrics.joined(separator: ", "))",
      columns: [.init("parameter", .left), .init("share")],
      rows: shares.map { [$0.name, Number.percent($0.share)] },
      note: "\(method) over \(TrialsReport.counts(study.trials))\(caution)")
  }
}
