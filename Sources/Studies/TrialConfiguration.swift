import FoundationEssentials
import LinearAlgebra
import Storage
import Vocabulary

/// What a trial was trained with: every setting that was given, the searched ones among them, the seed and the data.
///
/// A trial's user attribute, so that whoever builds its network again takes nothing from the session. It comes from a
/// storage that others may write to: whoever uses a setting checks it against its declaration.
package struct TrialConfiguration: Hashable, Sendable {
  static let key = "attune:configuration"

  /// By parameter of `network` and `train`.
  package var settings: [String: Argument]
  /// Of the trial; its repeats and folds derive theirs from it.
  package var seed: UInt64
  package var repeats: Int
  /// As typed, and what tells the rows from others.
  package var data: String?
  package var checksum: String?
  /// The instruction set of the program that trained it: another one's numbers differ in their last digits.
  package var instructions: String? = InstructionSet.current.rawValue

  package init(settings: [String: Argument], seed: UInt64, repeats: Int, data: String? = nil, checksum: String? = nil) {
    self.settings = settings
    self.seed = seed
    self.repeats = repeats
    self.data = data
    self.checksum = checksum
  }

  /// nil if the text is not what this program writes.
  init?(_ json: String?) {
    guard let json, let parsed = LooseJSON(json), case .object(let members)? = parsed["settings"] else { return nil }
    guard let seed = parsed["seed"]?.text.flatMap({ UInt64($0) }) else { return nil }
    var settings: [String: Argument] = [:]
    for member in members { settings[member.key] = Argument(member.value) }
    self.init(
      settings: settings, seed: seed, repeats: min(max(1, parsed["repeat"]?.int ?? 1), 1000),
      data: parsed["data"]?.text,
      checksum: parsed["data_checksum"]?.text)
    instructions = parsed["instructions"]?.text
  }

  /// `{"seed": "17", "settings": {"hidden": [96], "schedule": {"call": "step", "factor": 0.5}}}`; the seed is a text because
  /// many readers of JSON keep 53 bits of a number.
  var json: String {
    var members: [LooseJSON.Member] = [
      .init(key: "seed", value: .text("\(seed)")),
      .init(
        key: "settings",
        value: .object(settings.sorted { $0.key < $1.key }.map { .init(key: $0.key, value: $0.value.json) })),
    ]
    if repeats != 1 { members.append(.init(key: "repeat", value: .int(repeats))) }
    if let data { members.append(.init(key: "data", value: .text(data))) }
    if let checksum { members.append(.init(key: "data_checksum", value: .text(checksum))) }
    if let instructions { members.append(.init(key: "instructions", value: .text(instructions))) }
    return LooseJSON.object(members).json
  }
}

extension Argument {
  /// A call is an object with its name under `call`.
  fileprivate var json: LooseJSON {
    switch self {
    case .none: .null
    case .bool(let flag): .bool(flag)
    case .int(let value): .int(value)
    case .float(let value): .float(value)
    case .text(let text): .text(text)
    case .list(let values): .list(values.map(\.json))
    case .call(let call):
      .object(
        [.init(key: "call", value: .text(call.name))] + call.arguments.map { .init(key: $0.name, value: $0.value.json) }
      )
    }
  }

  /// nil if it is not a value that a cell can say.
  fileprivate init?(_ json: LooseJSON) {
    switch json {
    case .null: self = .none
    case .bool(let flag): self = .bool(flag)
    case .int(let value): self = .int(value)
    case .float(let value): self = .float(value)
    case .text(let text): self = .text(text)
    case .list(let values):
      let arguments = values.compactMap(Argument.init)
      guard arguments.count == values.count else { return nil }
      self = .list(arguments)
    case .object(let members):
      guard let name = members.first?.value.text, members.first?.key == "call" else { return nil }
      let arguments = members.dropFirst().compactMap { member in
        Argument(member.value).map { Call.Named(member.key, $0) }
      }
      guard arguments.count == members.count - 1 else { return nil }
      self = .call(Call(name, arguments))
    }
  }
}
