import Foundation
import Search
import Studies
import Vocabulary

/// The parameters of a trial whose values lie at an end of their ranges: beyond it may be better ones.
struct RangeEdge {
  let trial: TrialRecord
  let study: Study

  /// How near to an end counts, as a share of the range.
  private static let near = 0.01

  /// `learning_rate is at the edge of its range, 0.1`; nil if there is none.
  var note: String? {
    let found = study.space.parameters.compactMap { parameter in
      trial.point[parameter.name].flatMap { edge(of: parameter, $0) }.map {
        "\(ParameterName.typed(parameter.name)) is at the edge of its range, \($0)"
      }
    }
    return found.isEmpty ? nil : found.joined(separator: "; ")
  }

  /// The end that a value lies at; nil if it lies at none, or if no value may lie beyond that end anyway.
  private func edge(of parameter: Parameter, _ value: ParameterValue) -> String? {
    guard let number = value.number else { return nil }
    let (low, high, beyond): (Double, Double, Double)
    switch parameter.domain {
    case .int(let least, let most, let step, _): (low, high, beyond) = (Double(least), Double(most), Double(step))
    case .float(let least, let most, let step, _): (low, high, beyond) = (least, most, step ?? (most - least) / 100)
    case .categorical: return nil
    }
    guard low < high, (parameter.domain.count ?? .max) > 2 else { return nil }
    let place =
      parameter.domain.isLog
      ? (log(number) - log(low)) / (log(high) - log(low)) : (number - low) / (high - low)
    let isInt = if case .int = value { true } else { false }
    let near = isInt ? 0 : Self.near
    let ends = [(place <= near, low, low - beyond), (place >= 1 - near, high, high + beyond)]
    guard let (_, end, next) = ends.first(where: \.0) else { return nil }
    let admits = Hyperparameters.option(parameter.name)?.kind.admits(next) ?? true
    return admits ? (isInt ? "\(Int(end))" : "\(end)") : nil
  }
}
