import FoundationEssentials

extension StoredDistribution {
  /// As Optuna writes it.
  package var json: String {
    switch self {
    case .float(let low, let high, let step, let log):
      return
        #"{"name": "FloatDistribution", "attributes": {"step": \#(step.map { "\($0)" } ?? "null"), "low": \#(low), "#
        + #""high": \#(high), "log": \#(log)}}"#
    case .int(let low, let high, let step, let log):
      return
        #"{"name": "IntDistribution", "attributes": {"log": \#(log), "step": \#(step), "low": \#(low), "high": \#(high)}}"#
    case .categorical(let choices):
      let list = choices.map(\.json).joined(separator: ", ")
      return #"{"name": "CategoricalDistribution", "attributes": {"choices": [\#(list)]}}"#
    }
  }

  /// Reads what Optuna writes, its old class names and its short form too; nil where it is none of them.
  package init?(json: String) {
    guard let parsed = try? JSONDecoder().decode(Parsed.self, from: Data(json.utf8)) else { return nil }
    let attributes = parsed.attributes ?? Attributes(parsed)
    switch parsed.name ?? parsed.type ?? "" {
    case "FloatDistribution", "UniformDistribution", "LogUniformDistribution", "DiscreteUniformDistribution", "float":
      guard let low = attributes.low, let high = attributes.high else { return nil }
      let isLog = attributes.log ?? (parsed.name == "LogUniformDistribution")
      self = .float(low: low, high: high, step: attributes.step ?? attributes.q, log: isLog)
    case "IntDistribution", "IntUniformDistribution", "IntLogUniformDistribution", "int":
      guard let low = attributes.low, let high = attributes.high else { return nil }
      let isLog = attributes.log ?? (parsed.name == "IntLogUniformDistribution")
      self = .int(low: Int(low), high: Int(high), step: max(1, Int(attributes.step ?? 1)), log: isLog)
    case "CategoricalDistribution", "categorical":
      guard let choices = attributes.choices else { return nil }
      self = .categorical(choices)
    default: return nil
    }
  }

  private struct Attributes: Decodable {
    var low, high, step, q: Double?
    var log: Bool?
    var choices: [StoredChoice]?

    init(_ parsed: Parsed) {
      (low, high, step, log, choices) = (parsed.low, parsed.high, parsed.step, parsed.log, parsed.choices)
    }
  }

  private struct Parsed: Decodable {
    var name, type: String?
    var attributes: Attributes?
    var low, high, step: Double?
    var log: Bool?
    var choices: [StoredChoice]?
  }
}

extension StoredChoice: Decodable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let bool = try? container.decode(Bool.self) {
      self = .bool(bool)
    } else if let int = try? container.decode(Int.self) {
      self = .int(int)
    } else if let float = try? container.decode(Double.self) {
      self = .float(float)
    } else {
      self = .text(try container.decode(String.self))
    }
  }

  var json: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .int(let value): "\(value)"
    case .float(let value): "\(value)"
    case .text(let value): (try? JSONEncoder().encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
    }
  }
}
