import Datasets
import Foundation
import NeuralNetworks
import Testing
import Vocabulary

/// PyTorch's numbers, written by Tests/References/torch_oracles.py.
struct Oracle: Sendable {
  static let shared = Oracle()

  let cases: [Case]
  let plateaus: [(losses: [Double], options: [Call.Named], rates: [Double])]
  private let features: [Float]
  private let classes: [Int32]
  private let binary: [Int32]
  private let numbers: [Double]

  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let network: NetworkDescription
    let plan: TrainingPlan
    let task: String
    let initial, first, last: [Float]
    let losses, rates: [Double]
    let outputs: [Float]?
    var testDescription: String { name }
  }

  private init() {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../References/torch_oracles.json")
    let root = try! JSONSerialization.jsonObject(with: Data(contentsOf: url)) as! [String: Any]
    features = Self.floats(root["features"])
    numbers = Self.doubles(root["numbers"])
    classes = Self.floats(root["classes"]).map { Int32($0) }
    binary = Self.floats(root["binary"]).map { Int32($0) }
    cases = (root["cases"] as! [[String: Any]]).map(Self.read)
    plateaus = (root["plateaus"] as! [[String: Any]]).map {
      (Self.doubles($0["losses"]), Self.arguments($0["options"] as! [String: Any]), Self.doubles($0["rates"]))
    }
  }

  /// The rows that a case is trained on, all of them, as they are.
  func data(_ task: String) throws -> Dataset {
    let targets: Examples.Targets =
      switch task {
      case "classes": .classes(classes)
      case "binary": .classes(binary)
      default: .numbers(numbers)
      }
    var examples = Examples(name: "oracle", columns: 5, values: .floats(features), targets: targets)
    examples.classNames = task == "classes" ? ["a", "b", "c"] : task == "binary" ? ["no", "yes"] : []
    var preparation = Preparation()
    (preparation.validation, preparation.test, preparation.standardize) = (.count(0), .count(0), Standardization.none)
    preparation.targetScale = TargetScaling.Kind.none
    return try Dataset(examples, preparation)
  }

  var rows: [Float] { features }

  private static func read(_ json: [String: Any]) -> Case {
    var network = NetworkDescription()
    network.hidden = doubles(json["hidden"]).map { Int($0) }
    network.activation = Activation(rawValue: json["activation"] as! String)!
    let norm = json["norm"] as? String
    network.normalization =
      norm.map { Normalization(rawValue: $0)! } ?? ((json["norm"] as! NSNumber).boolValue ? .batch : .none)
    var plan = TrainingPlan()
    plan.shuffle = false
    plan.loss = call(json["loss"]!)
    plan.optimizer = call(json["optimizer"]!)
    if !(json["schedule"] is NSNull), let schedule = json["schedule"] { plan.schedule = call(schedule) }
    plan.learningRate = number(json["rate"])
    plan.weightDecay = number(json["decay"])
    plan.clipNorm = number(json["clip"])
    plan.averaging = number(json["averaging"]).map { Call("ema", [.init("decay", .float($0))]) }
    plan.weightDecaySchedule = (json["decay_schedule"] as? String).map { Call($0) }
    plan.l1 = number(json["l1"]) ?? 0
    plan.epochs = Int(number(json["epochs"])!)
    plan.batchSize = .rows(Int(number(json["batch"])!))
    plan.accumulate = Int(number(json["accumulate"])!)
    if let weights = json["class_weights"] as? [NSNumber] { plan.classWeight = .explicit(weights.map(\.doubleValue)) }
    return Case(
      name: json["name"] as! String, network: network, plan: plan, task: json["task"] as! String,
      initial: floats(json["initial"]), first: floats(json["first"]), last: floats(json["last"]),
      losses: doubles(json["losses"]), rates: doubles(json["rates"]),
      outputs: json["outputs"].map { floats($0) })
  }

  private static func call(_ json: Any) -> Call {
    let parts = json as! [Any]
    return Call(parts[0] as! String, arguments(parts[1] as! [String: Any]))
  }

  private static func arguments(_ options: [String: Any]) -> [Call.Named] {
    options.sorted { $0.key < $1.key }.map { name, value in
      let number = value as! NSNumber
      if String(cString: number.objCType) == "c" { return .init(name, .bool(number.boolValue)) }
      let isWhole =
        number.doubleValue == number.doubleValue.rounded() && ["patience", "every", "cooldown"].contains(name)
      return .init(name, isWhole ? .int(number.intValue) : .float(number.doubleValue))
    }
  }

  private static func number(_ json: Any?) -> Double? { (json as? NSNumber)?.doubleValue }
  private static func doubles(_ json: Any?) -> [Double] { (json as? [NSNumber] ?? []).map(\.doubleValue) }
  private static func floats(_ json: Any?) -> [Float] { doubles(json).map { Float($0) } }
}
