import Datasets
import Vocabulary

/// Whether the parts of a model belong together: each count of a file is compared with the others before it is used.
extension TrainedModel {
  /// Returns true if nothing contradicts the architecture, whose layout follows from its sizes.
  var isWhole: Bool {
    parameters.count == architecture.parameterCount && hasStatistics && loss.isWhole
      && OutputChoice.fits(
        task, architecture.output, outputs: architecture.outputs, loss: loss, classes: classNames.count)
      && scaling.fits(columns: architecture.inputs) && hasFeatures && hasTargets
      && byteUnit.map { $0 > 0 && $0.isFinite } ?? true
  }

  /// A running variance may be NaN (a training that diverged), but not negative.
  private var hasStatistics: Bool {
    statistics.count == architecture.statisticsCount
      && architecture.layers.allSatisfy { layer in statistics[layer.runningVariance].allSatisfy { !($0 < 0) } }
  }

  /// As many numbers as outputs, each with its unit.
  private var hasTargets: Bool {
    let unit = targetScaling
    let count = unit.kind == .none ? 0 : architecture.outputs
    return (task == .classification ? unit.kind == .none : targetNames.count == architecture.outputs)
      && [unit.mean, unit.deviation, unit.spread].allSatisfy { $0.count == count && $0.allSatisfy(\.isFinite) }
      && (unit.deviation + unit.spread).allSatisfy { $0 > 0 } && [0, 1].contains(unit.offset)
  }

  private var hasFeatures: Bool {
    (featureNames.isEmpty || featureNames.count == architecture.inputs)
      && imageShape.map { $0.values == architecture.inputs } ?? true
      && encoding.map { $0.featureNames.count == architecture.inputs && $0.isWhole } ?? true
  }
}

extension Loss {
  /// Returns true for settings that its option allows.
  var isWhole: Bool {
    switch self {
    case .crossEntropy(let smoothing): FloatRange.share.contains(smoothing)
    case .huber(let delta): FloatRange.positive.contains(delta)
    case .binaryCrossEntropy, .meanSquaredError, .meanAbsoluteError, .hinge: true
    }
  }
}

extension Examples.ImageShape {
  /// The numbers of an image; nil for a side that is not positive, or a product beyond `Int`.
  fileprivate var values: Int? {
    guard height > 0, width > 0, channels > 0 else { return nil }
    let (area, overflow) = height.multipliedReportingOverflow(by: width)
    let (values, more) = area.multipliedReportingOverflow(by: channels)
    return overflow || more ? nil : values
  }
}

extension Scaling {
  /// Returns true for as many finite means and positive deviations as the kind needs.
  fileprivate func fits(columns: Int) -> Bool {
    let count =
      switch kind {
      case .none: 0
      case .global: 1
      case .perFeature, .robust, .quantile: columns
      }
    return mean.count == count && deviation.count == count && mean.allSatisfy(\.isFinite)
      && deviation.allSatisfy { $0 > 0 && $0.isFinite }
  }
}

extension TableEncoding {
  fileprivate var isWhole: Bool {
    columns.allSatisfy { column in
      switch column {
      case .number(let input): input.mean.isFinite && input.scale.isWhole
      case .category(let input):
        Set(input.categories).count == input.categories.count && input.shares.count == input.width
          && input.shares.allSatisfy { (0...1).contains($0) }
      case .boolean(let input): input.words.count == 2 && (0...1).contains(input.share)
      case .date(let input):
        input.parts.allSatisfy { part in
          part.mean.isFinite && part.deviation > 0 && part.deviation.isFinite
            && part.fill.count == (part.kind.period == nil ? 1 : 2) && part.fill.allSatisfy(\.isFinite)
        }
      }
    }
  }
}

extension NumberScale {
  fileprivate var isWhole: Bool {
    switch self {
    case .none: true
    case .standard(let mean, let deviation): mean.isFinite && deviation > 0 && deviation.isFinite
    case .robust(let median, let factor): median.isFinite && factor >= 0 && factor.isFinite
    case .quantile(let levels, let tolerance):
      levels.count >= 2 && levels.allSatisfy(\.isFinite) && zip(levels, levels.dropFirst()).allSatisfy { $0 <= $1 }
        && tolerance >= 0 && tolerance.isFinite
    }
  }
}
