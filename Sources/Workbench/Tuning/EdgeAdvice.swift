import Foundation
import Language
import Search
import Studies
import Vocabulary

/// What is said where the best trial lies at the end of a range that could go on: the space with the range widened, to be typed.
struct EdgeAdvice {
  let text: String

  /// Fewer trials say little of where the best is.
  private static let leastTrials = 10
  /// How near to its end, as a share of the range on its scale, a value lies at the edge.
  private static let nearness = 0.02

  /// nil if the best lies within all ranges, at ends that nothing can be beyond, or if few trials are complete.
  init?(_ study: Study, _ description: SpaceDescription) {
    let complete = study.trials.count { $0.state == .complete }
    guard complete >= Self.leastTrials, let best = study.best else { return nil }
    var widened = description
    var places: [String] = []
    for index in widened.parameters.indices {
      let parameter = widened.parameters[index]
      // A range that depends on others, or stands inside a call, is not a line of its own.
      guard widened.written[parameter.name] == nil, !widened.nested.contains(parameter.name),
        let value = best.point[parameter.name]?.number,
        let domain = Self.wider(parameter, at: value, isExternal: description.isExternal)
      else { continue }
      widened.parameters[index].domain = domain
      places.append("\(ParameterName.typed(parameter.name))=\(best.point[parameter.name]!.shown(for: parameter.name))")
    }
    guard !places.isEmpty else { return nil }
    let kind = description.isExternal ? "space external" : "space"
    text =
      "the best trial is at the edge of the space: \(places.joined(separator: ", ")); a wider one, to go on with in this study:\n"
      + ([kind] + widened.lines.map { "    " + $0 }).joined(separator: "\n")
  }

  /// The domain with the end moved that a value is at; nil if it is at none, or nothing lies beyond.
  static func wider(_ parameter: Parameter, at value: Double, isExternal: Bool) -> Domain? {
    switch parameter.domain {
    case .categorical: return nil
    case .int(let low, let high, let step, let log):
      guard low < high else { return nil }
      if value >= Double(high) - 0.5 * Double(step) {
        let choices = log ? [high * 4, high * 2] : Self.moves(high - low, step).map { high + $0 }
        return first(choices.map { .int(low: low, high: $0, step: step, log: log) }, parameter, isExternal)
      }
      guard value <= Double(low) + 0.5 * Double(step), !(isExternal && low <= 1) else { return nil }
      let choices = log ? [low / 4, low / 2] : Self.moves(high - low, step).map { low - $0 }
      return first(
        choices.filter { $0 < low && (!log || $0 >= 1) }.map { .int(low: $0, high: high, step: step, log: log) },
        parameter, isExternal)
    case .float(let low, let high, let step, let isLog):
      guard low < high else { return nil }
      if isLog {
        let place = (log(value) - log(low)) / (log(high) - log(low))
        if place >= 1 - nearness {
          return first([.float(low: low, high: rounded(high * 10), log: true)], parameter, isExternal)
        }
        if place <= nearness {
          return first([.float(low: rounded(low / 10), high: high, log: true)], parameter, isExternal)
        }
        return nil
      }
      let place = (value - low) / (high - low)
      let margin = step.map { 0.5 * $0 / (high - low) } ?? nearness
      let width = high - low
      if place >= 1 - margin {
        return first(
          [1, 0.5, 0.25, 0.1].map { .float(low: low, high: rounded(high + $0 * width), step: step) }, parameter,
          isExternal)
      }
      // Below zero most quantities mean nothing.
      guard place <= margin, low != 0 else { return nil }
      let choices = [1, 0.5, 0.25].map { rounded(low - $0 * width) }.filter { low < 0 || $0 >= 0 }
      return first(choices.map { .float(low: $0, high: high, step: step) }, parameter, isExternal)
    }
  }

  private static func moves(_ width: Int, _ step: Int) -> [Int] {
    [width, width / 2, step].map { $0 / step * step }.filter { $0 > 0 }
  }

  /// The first that the parameter's declaration allows.
  private static func first(_ domains: [Domain], _ parameter: Parameter, _ isExternal: Bool) -> Domain? {
    domains.first { domain in
      guard (try? Search.Space([Parameter(parameter.name, in: domain)]).check()) != nil else { return false }
      guard !isExternal, let option = Hyperparameters.option(parameter.name) else { return isExternal }
      let ends: [Value]
      switch domain {
      case .int(let low, let high, _, _): ends = [.int(low), .int(high)]
      case .float(let low, let high, _, _): ends = [.float(low), .float(high)]
      case .categorical: return false
      }
      let binder = ArgumentBinder(scope: NoScope(), callFromText: ExpressionText.read)
      return ends.allSatisfy {
        (try? binder.bind(.literal($0, Span(0, 0)), to: option.kind, parameter.name)) != nil
      }
    }
  }

  /// Without the digits that arithmetic has added: 0.1 + 0.2 is 0.3.
  private static func rounded(_ value: Double) -> Double { Double("\(Float(value))") ?? value }
}
