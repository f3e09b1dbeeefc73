extension Scores {
  /// The likeliest class of each row; a lone output (the second class's probability) decides at one half.
  package var predictedClasses: [Int] {
    (0..<rows).map { row in
      if width == 1 { return outputs[row] > 0.5 ? 1 : 0 }
      let line = outputs[row * width..<(row + 1) * width]
      return line.indices.max { line[$0] < line[$1] }! - row * width
    }
  }

  /// The share of rows for which fewer than k classes are likelier than the right one.
  func topShare(_ k: Int) -> Double {
    if width == 1 {
      let guesses = predictedClasses
      let right = (0..<rows).reduce(0) { $0 + (guesses[$1] == Int(classes[$1]) ? weight($1) : 0) }
      return k >= 2 ? 1 : right / max(totalWeight, .leastNormalMagnitude)
    }
    var hits = 0.0
    for row in 0..<rows {
      let line = outputs[row * width..<(row + 1) * width]
      let right = row * width + Int(classes[row])
      // What a diverged network gives for a row is no answer, and not a right one.
      if line[right].isNaN { continue }
      let better = line.indices.count { line[$0] > line[right] || (line[$0] == line[right] && $0 < right) }
      if better < k { hits += weight(row) }
    }
    return hits / max(totalWeight, .leastNormalMagnitude)
  }

  /// By ranks (Mann and Whitney), O(rows log rows) a class. NaN where a class is missing, or an output is no number.
  var areaUnderCurve: Double {
    if width == 1 { return area(of: outputs, positive: 1) }
    let areas = (width == 2 ? 1..<2 : 0..<width).map { column in
      area(of: (0..<rows).map { outputs[$0 * width + column] }, positive: Int32(column))
    }
    let known = areas.filter { !$0.isNaN }
    return known.isEmpty ? .nan : known.reduce(0, +) / Double(known.count)
  }

  private func area(of values: [Float], positive: Int32) -> Double {
    // What a diverged network gives has no order.
    if values.contains(where: \.isNaN) { return .nan }
    if !weights.isEmpty {
      let isPositive = classes.map { $0 == positive }
      return RankedCurve(values: values.map(Double.init), isPositive: isPositive, weights: weights).area
    }
    let sorted = values.indices.sorted { values[$0] < values[$1] }
    var rankSum = 0.0
    var start = 0
    while start < sorted.count {
      var end = start
      while end < sorted.count, values[sorted[end]] == values[sorted[start]] { end += 1 }
      // Ties share their mean rank.
      let rank = Double(start + end + 1) / 2
      for place in start..<end where classes[sorted[place]] == positive { rankSum += rank }
      start = end
    }
    let positives = Double(classes.count { $0 == positive })
    let negatives = Double(classes.count) - positives
    guard positives > 0, negatives > 0 else { return .nan }
    return (rankSum - positives * (positives + 1) / 2) / (positives * negatives)
  }

  /// The mean of an error over rows, and over the numbers of a row where there are several.
  func mean(_ error: (_ predicted: Double, _ target: Double) -> Double) -> Double {
    let sum = numbers.indices.reduce(0) { $0 + weight($1 / max(width, 1)) * error(predicted[$1], numbers[$1]) }
    return sum / max(totalWeight * Double(width), .leastNormalMagnitude)
  }

  /// The mean over targets of each one's error, as scikit-learn has it for several.
  var rootMeanSquare: Double {
    (0..<width).reduce(0) { sum, target in
      let squares = errors(of: target).enumerated().reduce(0) { $0 + weight($1.offset) * $1.element * $1.element }
      return sum + (squares / max(totalWeight, .leastNormalMagnitude)).squareRoot()
    } / Double(width)
  }

  /// The mean over targets of each one's median. NaN if an error is.
  var medianError: Double { (0..<width).reduce(0) { $0 + medianError(of: $1) } / Double(width) }

  private func errors(of target: Int) -> [Double] {
    stride(from: target, to: numbers.count, by: width).map { abs(predicted[$0] - numbers[$0]) }
  }

  private func medianError(of target: Int) -> Double {
    let all = errors(of: target)
    guard !all.isEmpty, !all.contains(where: \.isNaN) else { return .nan }
    guard weights.isEmpty else { return weightedMedian(all) }
    let errors = all.sorted()
    let middle = errors.count / 2
    return errors.count % 2 == 1 ? errors[middle] : (errors[middle - 1] + errors[middle]) / 2
  }

  /// The value below and above which half of the weight lies; between two values if exactly half lies up to the first.
  private func weightedMedian(_ values: [Double]) -> Double {
    let order = values.indices.filter { weights[$0] > 0 }.sorted { values[$0] < values[$1] }
    let half = totalWeight / 2
    var sum = 0.0
    for (place, row) in order.enumerated() {
      sum += weights[row]
      if abs(sum - half) <= 1e-12 * half, place + 1 < order.count {
        return (values[row] + values[order[place + 1]]) / 2
      }
      if sum > half { return values[row] }
    }
    return order.last.map { values[$0] } ?? .nan
  }

  /// The mean over targets of each one's r2. NaN for a constant target.
  var determination: Double {
    (0..<width).reduce(0) { $0 + determination(of: $1) } / Double(width)
  }

  private func determination(of target: Int) -> Double {
    let places = stride(from: target, to: numbers.count, by: width)
    func sum(_ value: (Int) -> Double) -> Double { places.reduce(0) { $0 + weight($1 / width) * value($1) } }
    let average = sum { numbers[$0] } / max(totalWeight, .leastNormalMagnitude)
    let spread = sum { (numbers[$0] - average) * (numbers[$0] - average) }
    let left = sum { (predicted[$0] - numbers[$0]) * (predicted[$0] - numbers[$0]) }
    return spread == 0 ? .nan : 1 - left / spread
  }
}
