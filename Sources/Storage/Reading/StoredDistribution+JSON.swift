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

  /// Reads what Optuna writes, its old class names and its short form too; nil if it is none of them.
  package init?(json: String) {
    guard let parsed = LooseJSON(json) else { return nil }
    let attributes = parsed["attributes"] ?? parsed
    let name = parsed["name"]?.text ?? parsed["type"]?.text ?? ""
    switch name {
    case "FloatDistribution", "UniformDistribution", "LogUniformDistribution", "DiscreteUniformDistribution", "float":
      guard let low = attributes["low"]?.number, let high = attributes["high"]?.number, low.isFinite, high.isFinite
      else { return nil }
      let step = (attributes["step"]?.number ?? attributes["q"]?.number).flatMap { $0 > 0 && $0.isFinite ? $0 : nil }
      self = .float(
        low: low, high: high, step: step, log: attributes["log"]?.bool ?? (name == "LogUniformDistribution"))
    case "IntDistribution", "IntUniformDistribution", "IntLogUniformDistribution", "int":
      guard let low = attributes["low"]?.int, let high = attributes["high"]?.int else { return nil }
      let isLog = attributes["log"]?.bool ?? (name == "IntLogUniformDistribution")
      self = .int(low: low, high: high, step: max(1, attributes["step"]?.int ?? 1), log: isLog)
    case "CategoricalDistribution", "categorical":
      guard let choices = attributes["choices"]?.list, !choices.isEmpty else { return nil }
      self = .categorical(choices.map(StoredChoice.init))
    default: return nil
    }
  }
}

extension StoredChoice {
  /// Lists, objects and numbers that are not finite are kept as they are written.
  init(_ value: LooseJSON) {
    switch value {
    case .null: self = .null
    case .bool(let flag): self = .bool(flag)
    case .int(let number): self = .int(number)
    case .float(let number) where number.isFinite: self = .float(number)
    case .text(let text): self = .text(text)
    default: self = .other(value.json)
    }
  }

  package var json: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .int(let value): "\(value)"
    case .float(let value): LooseJSON.float(value).json
    case .text(let value): LooseJSON.quoted(value)
    case .other(let json): json
    }
  }
}
