import Foundation
import Search
import Vocabulary

/// Serves a sampler over lines of JSON, so that a script can measure it beside others:
///
///     {"op": "start", "sampler": "tpe", "seed": 1, "direction": "minimize", "planned": 100, "space": [...]}
///     {"op": "fill", "count": 1000} puts finished random trials before;  {"op": "ask"} gives {"params": {...}, "seconds": 0.001};  {"op": "tell", "value": 0.3} closes that trial
///
/// With `"pruner": "asha", "steps": 27` in the start, {"op": "report", "step": 1, "value": 0.5} gives {"prune": false}, and
/// {"op": "tell", "pruned": true} closes a trial that was given up.
///
/// {"op": "freeze"} closes a trial that may go on later, and {"op": "thaw", "number": 7} opens it again with what it had reported.
///
/// With `"earlier": [[{...}, ...], ...]` in the start, each list the configurations of an earlier study, the best first, the first
/// trials come of these.
///
/// A parameter is {"name", "type": int | float | set, "low", "high", "step", "log", "choices", "ordered", "when": {"name", "in": [...]}}.
@main
enum SearchServer {
  static func main() { Session().serve() }
}

final class Session {
  private var sampler: any Sampler = RandomSampler()
  private var request = SamplingRequest(number: 0, space: Space([]), directions: [.minimize], history: [], seed: 0)
  private var pruner: (any Pruner)?
  private var steps: Int?
  private var earlier: EarlierStart?
  private var thawed: Int?
  private var pending: Point?
  private var reports: [(step: Int, value: Double)] = []
  private var seen: Set<Point> = []

  func serve() {
    while let line = readLine() {
      guard let message = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] else { continue }
      switch message["op"] as? String {
      case "start": start(message)
      case "fill": fill(message["count"] as! Int)
      case "ask": ask()
      case "report": report(message["step"] as! Int, message["value"] as! Double)
      case "tell" where message["pruned"] as? Bool == true: close(.pruned, reports.last.map { [$0.value] } ?? [])
      case "freeze": close(.pruned, reports.last.map { [$0.value] } ?? [])
      case "thaw": thaw(message["number"] as! Int)
      case "tell": tell((message["value"] as? Double) ?? .infinity)
      default: return
      }
    }
  }

  private func start(_ message: [String: Any]) {
    let parameters = (message["space"] as? [[String: Any]] ?? []).map(parameter)
    request = SamplingRequest(
      number: 0, space: Space(parameters), directions: [Direction(rawValue: message["direction"] as! String)!],
      history: [], seed: UInt64(message["seed"] as! Int), planned: message["planned"] as? Int)
    seen = []
    do {
      try request.space.check()
      sampler = try Samplers.make(call(message["sampler"] as! String))
      pruner = try (message["pruner"] as? String).map { try Pruners.make(call($0)) }
      steps = message["steps"] as? Int
      earlier = (message["earlier"] as? [[[String: Any]]]).map { studies in
        EarlierStart(studies.map { EarlierStudy("", best: $0.map { $0.mapValues(value) }) }, in: request.space)
      }
      answer(["ok": true])
    } catch {
      answer(["error": "\(error)"])
    }
  }

  /// Finished trials drawn at random, with values that have something to learn in them.
  private func fill(_ count: Int) {
    let random = RandomSampler()
    for _ in 0..<count {
      pending = random.suggest(request)!.point
      let sum = pending!.values.reduce(0) { $0 + sin(7 * ($1.number ?? 0)) }
      tell(sum)
    }
    answer(["ok": true])
  }

  /// As a study does: a configuration that has been tried is asked for again.
  private func ask() {
    let clock = ContinuousClock.now
    var point: Point = [:]
    var request = request
    if let pruner, sampler.learnsFromComparable {
      request.history = pruner.comparable(request.history, with: request.number, key: String(request.seed))
    }
    let start = earlier?.next(after: request.history, request.directions)
    request.transferred = start?.transferred ?? 0
    for attempt in 0..<20 {
      request.attempt = attempt
      let source: any Sampler = attempt < 4 ? sampler : RandomSampler()
      let suggestion = start?.values.map { source.completing($0, for: request) } ?? source.suggest(request)
      guard let suggestion else { break }
      point = suggestion.point
      if !seen.contains(point) { break }
    }
    let seconds = (ContinuousClock.now - clock) / .seconds(1)
    pending = point
    answer(["params": point.mapValues(json), "seconds": seconds])
  }

  private func report(_ step: Int, _ value: Double) {
    reports.append((step, value))
    guard let pruner, let pending else { return answer(["prune": false]) }
    let trial = Observation(number: request.number, state: .running, point: pending, reports: reports)
    let question = PruningRequest(
      trial: trial, history: request.history, direction: request.directions[0], key: String(request.seed), steps: steps)
    answer(["prune": pruner.shouldPrune(question)])
  }

  private func tell(_ value: Double) { close(value.isFinite ? .complete : .failed, value.isFinite ? [value] : []) }

  private func thaw(_ number: Int) {
    thawed = number
    pending = request.history[number].point
    reports = request.history[number].reports
  }

  private func close(_ state: Observation.State, _ values: [Double]) {
    guard let point = pending else { return }
    if let number = thawed {
      request.history[number] = Observation(
        number: number, state: state, point: point, values: values, reports: reports)
      (thawed, reports) = (nil, [])
      return
    }
    seen.insert(point)
    request.history.append(
      Observation(number: request.number, state: state, point: point, values: values, reports: reports))
    reports = []
    request.number += 1
  }

  private func parameter(_ json: [String: Any]) -> Parameter {
    let name = json["name"] as! String
    let when = (json["when"] as? [String: Any]).map { when in
      Condition.oneOf(when["name"] as! String, (when["in"] as! [Any]).map(value))
    }
    let isLog = json["log"] as? Bool ?? false
    switch json["type"] as! String {
    case "int":
      return Parameter(
        name,
        in: .int(low: json["low"] as! Int, high: json["high"] as! Int, step: json["step"] as? Int ?? 1, log: isLog),
        when: when)
    case "float":
      return Parameter(
        name,
        in: .float(
          low: json["low"] as! Double, high: json["high"] as! Double, step: json["step"] as? Double, log: isLog),
        when: when)
    default:
      let choices = (json["choices"] as! [Any]).map(value)
      return Parameter(name, in: .categorical(choices, ordered: json["ordered"] as? Bool ?? false), when: when)
    }
  }

  private func value(_ json: Any) -> ParameterValue {
    if let text = json as? String { return .text(text) }
    if let int = json as? Int { return .int(int) }
    return .float(json as! Double)
  }

  /// `name` or `name(key=value, ...)`.
  private func call(_ text: String) -> Call {
    guard let open = text.firstIndex(of: "(") else { return Call(text) }
    return Call(
      String(text[..<open]),
      text[text.index(after: open)...].dropLast().components(separatedBy: ", ").map { pair in
        let parts = pair.components(separatedBy: "=")
        return Call.Named(
          parts[0], Int(parts[1]).map { .int($0) } ?? Double(parts[1]).map { .float($0) } ?? .text(parts[1]))
      })
  }

  private func json(_ value: ParameterValue) -> Any {
    switch value {
    case .null: NSNull()
    case .bool(let value): value
    case .int(let value): value
    case .float(let value): value
    case .text(let value): value
    }
  }

  private func answer(_ json: [String: Any]) {
    guard let data = try? JSONSerialization.data(withJSONObject: json) else { return }
    FileHandle.standardOutput.write(data + Data("\n".utf8))
  }
}
