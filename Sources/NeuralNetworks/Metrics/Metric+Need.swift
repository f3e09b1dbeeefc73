import Datasets

extension Metric {
  /// Why the value is not a number on a part of the data, whatever the network; nil if it is defined.
  ///
  /// `output` is the network's, if it is known.
  package func reasonUndefined(on data: Dataset, _ split: Split, output: Output? = nil) -> String? {
    switch need {
    case .nothing: return nil
    case .probabilities:
      return output == .identity ? "the network's outputs are not probabilities" : nil
    case .severalClasses:
      let counts = data.classCounts(split)
      guard counts.count(where: { $0 > 0 }) < 2 else { return nil }
      let missing = counts.indices.filter { counts[$0] == 0 }.map { "'\(data.classNames[$0])'" }
      return missing.count == 1
        ? "the class \(missing[0]) has no \(split.rawValue) rows"
        : "only one class has \(split.rawValue) rows"
    case .spread:
      guard case .numbers(let numbers, let width) = data.examples.targets, let first = data.rows(split).first else {
        return nil
      }
      let isConstant = data.rows(split).allSatisfy { row in
        (0..<width).allSatisfy { numbers[Int(row) * width + $0] == numbers[Int(first) * width + $0] }
      }
      return isConstant ? "the target is the same in all \(split.rawValue) rows" : nil
    }
  }
}
