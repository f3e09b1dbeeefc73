import Datasets

/// The unit in which a loss over numbers is reported: the targets' own, whatever unit the network trains in.
///
/// A squared error counts deviation^2 times what it is in the network's unit, an absolute one deviation times; huber keeps
/// its delta in deviations. Behind a logarithm errors are taken in the targets' unit one by one.
enum LossUnit {
  /// As the network trains: targets that are not scaled, and classes.
  case network
  /// A factor for each output.
  case factors([Double])
  case logarithm(TargetScaling)

  init(_ loss: Loss, _ scaling: TargetScaling) {
    switch scaling.kind {
    case .none: self = .network
    case .standard: self = .factors(scaling.deviation.map { loss == .meanAbsoluteError ? $0 : $0 * $0 })
    case .log: self = .logarithm(scaling)
    }
  }

  /// `trained` is the weighted loss in the network's unit.
  @inline(__always)
  func value(_ trained: Float, output: Float, target: Float, column: Int, weight: Float, _ loss: Loss) -> Double {
    switch self {
    case .network: return Double(trained)
    case .factors(let factors): return Double(trained) * factors[column]
    case .logarithm(let scaling):
      let spread = scaling.spread[column]
      let error = scaling.decode(Double(output), column) - scaling.decode(Double(target), column)
      let deviations = Double(loss.valueAndSlope(Float(error / spread)).0)
      return Double(weight) * deviations * (loss == .meanAbsoluteError ? spread : spread * spread)
    }
  }
}
