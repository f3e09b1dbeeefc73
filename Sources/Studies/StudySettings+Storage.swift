import FoundationEssentials
import Search
import Storage
import Vocabulary

extension StudySettings {
  /// The system attribute that holds everything to open a study again.
  static let key = "attune:settings"
  /// More than this is not what this program has written.
  private static let longest = 16 << 20

  /// As a study's attributes: what people read in a dashboard, and one text with everything to open it again.
  func stored() throws -> StoredAttributes {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    let kept = Kept(
      sampler: sampler, pruner: pruner, seed: seed, parameters: space.parameters, fixed: space.fixed,
      constraints: space.constraints.map(\.text), spaceText: spaceText, attributes: attributes, recipe: recipe,
      isForeign: isForeign ? true : nil, since: since == 0 ? nil : since,
      prunerIsGiven: prunerIsGiven ? true : nil, directionsAreGiven: directionsAreGiven ? true : nil,
      earlier: earlier.isEmpty ? nil : earlier, confirmations: confirmations.isEmpty ? nil : confirmations)
    let json = String(decoding: try encoder.encode(kept), as: UTF8.self)
    var user = attributes.mapValues { StoredJSON.text($0) }
    user["sampler"] = StoredJSON.text(sampler.description)
    user["pruner"] = StoredJSON.text(effectivePruner.description)
    user["seed"] = String(seed)
    let names: String? = earlier.isEmpty ? nil : earlier.map(\.name).joined(separator: ", ")
    user["like"] = names.map { StoredJSON.text($0) }
    user["space"] = spaceText.map { StoredJSON.text($0) }
    var system = [Self.key: json]
    // Names that another program has not given stay its own affair.
    if !metrics.isEmpty, !isForeign {
      system["study:metric_names"] = "[" + metrics.map { StoredJSON.text($0) }.joined(separator: ", ") + "]"
    }
    return StoredAttributes(user: user, system: system)
  }

  /// What a study was made with; nil if another program made it. `constraint` gives a constraint's text its meaning again.
  /// Throws a `StudyError` if the attribute is not what this program writes.
  init?(_ study: StoredStudy, constraint: (String) throws -> Constraint) throws {
    guard let json = study.attributes.system[Self.key] else { return nil }
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    guard json.utf8.count <= Self.longest, let kept = try? decoder.decode(Kept.self, from: Data(json.utf8)) else {
      throw StudyError("its settings (table study_system_attributes, key \(Self.key)) cannot be read")
    }
    self.init(
      directions: study.directions.map(Direction.init), metrics: study.metricNames, sampler: kept.sampler,
      pruner: kept.pruner, seed: kept.seed,
      space: Space(kept.parameters, subjectTo: try kept.constraints.map(constraint), fixed: kept.fixed),
      spaceText: kept.spaceText, attributes: kept.attributes, recipe: kept.recipe)
    isForeign = kept.isForeign ?? false
    since = max(0, kept.since ?? 0)
    prunerIsGiven = kept.prunerIsGiven ?? false
    directionsAreGiven = kept.directionsAreGiven ?? false
    earlier = kept.earlier ?? []
    confirmations = (kept.confirmations ?? [:]).filter { $0.key >= 0 && $0.value.allSatisfy(\.isFinite) }
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
    var recipe: StudyRecipe?
    var isForeign: Bool?
    var since: Int?
    var prunerIsGiven: Bool?
    var directionsAreGiven: Bool?
    var earlier: [EarlierStudy]?
    var confirmations: [Int: [Double]]?
  }
}

extension StoredStudy {
  /// A name per direction: those that the study has, for the others `value`, or `value_0`, `value_1` if there are several.
  package var metricNames: [String] {
    let names = attributes.system["study:metric_names"].flatMap(LooseJSON.init)?.list ?? []
    return directions.indices.map { index in
      if names.indices.contains(index), let name = names[index].text, !name.isEmpty { return name }
      return directions.count == 1 ? "value" : "value_\(index)"
    }
  }
}
