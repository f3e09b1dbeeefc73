import Drawing
import Language
import Search
import Studies
import Vocabulary

/// What a study's sampler believes, in lines that have at most `limit` characters together.
struct Explanation {
  static let limit = 600

  let study: Study
  private let trials: [TrialRecord]

  init(_ study: Study) {
    self.study = study
    trials = study.trials
  }

  /// Incumbents, what matters, the next point and why, what was never tried: each line has a share of the limit.
  var text: String {
    let lines = [head, incumbents, matters, next, untried].compactMap { $0 }.joined(separator: "\n")
    // Combining marks can make one character of many.
    return lines.unicodeScalars.count <= Self.limit
      ? lines : String(String.UnicodeScalarView(lines.unicodeScalars.prefix(Self.limit)))
  }

  // MARK: Lines

  private var head: String {
    let settings = study.settings
    let goals = zip(settings.directions, settings.metrics).map { "\($0.rawValue) \(short($1))" }
    return Shortening.bounded(
      "study \(short(study.name)), \(TrialsReport.counts(trials)); "
        + Self.list(goals, within: 40) + "; sampler \(settings.sampler.name)", to: 110)
  }

  private var incumbents: String {
    if study.directions.count > 1 { return front }
    guard let best = study.best else { return Shortening.bounded("best: none, " + study.whyNoBest.message, to: 120) }
    let others = TrialsReport.ranked(trials, study).filter {
      $0.state == .complete && $0.isFeasible && $0.number != best.number
    }
    let line = "best: trial \(best.number), \(study.text(best.values[0], 0)), " + values(best.point, within: 65)
    if let ties = StudyQuotation(best, of: study)?.ties, !ties.isEmpty {
      return line + "; as good: " + Self.list(ties.map { "\($0.number)" }, within: 30)
    }
    let runnersUp = others.prefix(2).map { "\($0.number) (\(study.text($0.values[0], 0)))" }
    return line + (runnersUp.isEmpty ? "" : "; then " + runnersUp.joined(separator: ", "))
  }

  private var front: String {
    let front = study.front
    if front.isEmpty { return Shortening.bounded("front: empty, " + study.whyNoBest.message, to: 120) }
    let members = front.map { trial in
      "\(trial.number) ("
        + Self.list(trial.values.enumerated().map { study.text($1, $0) }, within: 40, separator: " ") + ")"
    }
    return "front: " + Self.list(members, within: 130)
  }

  private var matters: String {
    let complete = trials.count { $0.state == .complete }
    guard let shares = try? ImportanceReport.shares(of: study, at: Span(0, 0)) else {
      return "matters: not known yet, " + (complete < 2 ? "it takes two complete trials" : "the trials are all alike")
    }
    let parts = shares.filter { $0.share >= 0.005 }.map { "\(short($0.name)) \(Number.percent($0.share, decimals: 0))" }
    return "matters: " + Self.list(parts, within: 65)
      + (complete < 10 ? " (mostly chance: \(complete) complete trial\(complete == 1 ? "" : "s"))" : "")
  }

  private var next: String {
    do {
      if study.space.parameters.isEmpty { return "next: nothing, the study has no space yet" }
      guard let preview = try study.preview() else { return "next: nothing, the sampler has nothing left to suggest" }
      let line = "next: " + values(preview.point, within: 62)
      return line + "; " + Self.list([preview.reason, neighbour(preview)].compactMap { $0 }, within: 80)
    } catch {
      return Shortening.bounded("next: nothing, \(error)", to: 120)
    }
  }

  private func neighbour(_ preview: Study.Preview) -> String? {
    let known = trials.filter { $0.state != .waiting && $0.number != preview.number }
    guard let closest = UnitCube(study.space).closest(to: preview.point, among: known.map(\.point)) else { return nil }
    let word = closest.distance <= 0.1 ? "near" : closest.distance >= 0.3 ? "far from all, nearest" : "nearest"
    return "\(word) trial \(known[closest.index].number)"
  }

  private var untried: String? {
    let points = trials.filter { $0.state != .waiting }.map(\.point)
    if points.isEmpty || study.space.parameters.isEmpty { return nil }
    let parts = Untried.parts(of: study.space, in: points)
    if parts.isEmpty { return "never tried: no value of a set, no large part of a range" }
    return "never tried: " + Self.list(parts.map(text), within: 82)
  }

  private func text(_ untried: Untried) -> String {
    let name = short(untried.name)
    switch untried.part {
    case .everything: return name
    case .gap(let low, let high):
      return "\(name) \(Number.significant(low, digits: 2))..\(Number.significant(high, digits: 2))"
    case .values(let values):
      let shown = values.map { short($0.shown(for: untried.name)) }
      return name + (shown.count == 1 ? "=\(shown[0])" : " in {\(Self.list(shown, within: 36))}")
    }
  }

  // MARK: Parts

  private func short(_ name: String) -> String {
    let line = VisibleText.cleaned(name).replacing("\n", with: " ").replacing("\t", with: " ")
    return Shortening.bounded(line, to: 24)
  }

  /// `layers=2 neurons=128`, in the space's order.
  private func values(_ point: Point, within width: Int) -> String {
    let parts = study.space.parameters.compactMap { parameter -> String? in
      guard let value = point[parameter.name] else { return nil }
      let isFloat = if case .float = value { true } else { false }
      let text = isFloat ? Number.significant(value.number ?? .nan) : value.shown(for: parameter.name)
      return "\(short(parameter.name))=\(short(text))"
    }
    return parts.isEmpty ? "no parameters" : Self.list(parts, within: width, separator: " ")
  }

  /// As many as fit, and how many more there are.
  static func list(_ parts: [String], within width: Int, separator: String = ", ") -> String {
    var text = ""
    for (index, part) in parts.enumerated() {
      let rest = parts.count - index
      let ending = rest > 1 ? " and \(rest - 1) more".count : 0
      if index > 0, text.count + separator.count + part.count + ending > width { return text + " and \(rest) more" }
      text += (index == 0 ? "" : separator) + Shortening.bounded(part, to: width)
    }
    return text
  }
}
