import FoundationEssentials
import Search
import Storage
import Vocabulary

extension StudySettings {
  /// As a study's attributes: what people read in a dashboard, and one text with everything to open it again.
  func stored() throws -> StoredAttributes {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let kept = Kept(
      sampler: sampler, pruner: pruner, seed: seed, parameters: space.parameters, fixed: space.fixed,
      constraints: space.constraints.map(\.text), spaceText: spaceText, attributes: attributes,
      since: since == 0 ? nil : since)
    let json = String(decoding: try encoder.encode(kept), as: UTF8.self)
    var user = attributes.mapValues { StoredJSON.text($0) }
    user["sampler"] = StoredJSON.text(sampler.description)
    user["pruner"] = StoredJSON.text(pruner.description)
    user["seed"] = String(seed)
    user["space"] = spaceText.map { StoredJSON.text($0) }
    var system = ["attune:settings": json]
    if !metrics.isEmpty {
      system["study:metric_names"] = "[" + metrics.map { StoredJSON.text($0) }.joined(separator: ", ") + "]"
    }
    return StoredAttributes(user: user, system: system)
  }

  /// What a study was made with; nil where another program made it. `constraint` gives a constraint's text its meaning again.
  init?(_ study: StoredStudy, constraint: (String) throws -> Constraint) throws {
    guard let json = study.attributes.system["attune:settings"] else { return nil }
    let kept = try JSONDecoder().decode(Kept.self, from: Data(json.utf8))
    self.init(
      directions: study.directions.map(Direction.init), metrics: study.metricNames, sampler: kept.sampler,
      pruner: kept.pruner, seed: kept.seed,
      space: Space(kept.parameters, subjectTo: try kept.constraints.map(constraint), fixed: kept.fixed),
      spaceText: kept.spaceText, attributes: kept.attributes)
    since = kept.since ?? 0
  }

  private struct Kept: Codable {
    var sampler: Call
    var pruner: Call
    var seed: UInt64
    var parameters: [Parameter]
    var fixed: Point
    var constraints: [String]
    var spaceText: String?
    var attributes: [String: String]
    var since: Int?
  }
}

extension StoredStudy {
  var metricNames: [String] {
    attributes.system["study:metric_names"].flatMap { try? JSONDecoder().decode([String].self, from: Data($0.utf8)) }
      ?? []
  }
}
