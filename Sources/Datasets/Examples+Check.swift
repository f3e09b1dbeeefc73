extension Examples {
  /// Throws what makes the examples useless: no rows, values that are not finite, labels without a class.
  package func check() throws {
    guard rows > 0, columns > 0 || table != nil else {
      throw DataError("\(name) has no \(rows == 0 ? "rows" : "features")")
    }
    guard values.count == rows * columns || table != nil else {
      throw DataError("\(name) has \(values.count) values for \(rows) rows of \(columns) features")
    }
    if case .floats(let floats) = values { try checkFinite(floats) }
    switch targets {
    case .numbers(let numbers, let width): try checkFinite(targets: numbers, width)
    case .classes(let classes): try checkLabels(classes)
    }
  }

  func featureName(_ column: Int) -> String {
    featureNames.indices.contains(column) ? featureNames[column] : "feature \(column)"
  }

  private func checkFinite(_ floats: [Float]) throws {
    var bad = 0
    var first = -1
    for index in floats.indices where !floats[index].isFinite {
      if bad == 0 { first = index }
      bad += 1
    }
    guard bad > 0 else { return }
    let place = "row \(first / columns + 1), \(featureName(first % columns))"
    throw DataError(
      "\(name) holds \(bad) value\(bad == 1 ? "" : "s") that \(bad == 1 ? "is" : "are") not finite; the first is \(floats[first]) at \(place)",
      hint: "remove or replace them")
  }

  private func checkFinite(targets numbers: [Double], _ width: Int) throws {
    guard let first = numbers.firstIndex(where: { !$0.isFinite }) else { return }
    let bad = numbers.count { !$0.isFinite }
    throw DataError(
      "the target '\(targetName)' of \(name) is not finite in \(bad) row\(bad == 1 ? "" : "s"); the first is \(numbers[first]) in row \(first / width + 1)",
      hint: "remove or replace them")
  }

  private func checkLabels(_ classes: [Int32]) throws {
    var counts = [Int](repeating: 0, count: classNames.count)
    for (row, label) in classes.enumerated() {
      guard counts.indices.contains(Int(label)) else {
        throw DataError("the label \(label) in row \(row + 1) of \(name) is none of the \(classNames.count) classes")
      }
      counts[Int(label)] += 1
    }
    guard classNames.count >= 2 else {
      let name = classNames.first ?? ""
      let isNumber = Double(name) != nil
      throw DataError(
        "\(self.name) has only the class '\(name)', and a classifier needs two",
        hint: isNumber ? "use task=regression for numbers" : "use another target", about: isNumber ? "task" : "target")
    }
    if let empty = counts.firstIndex(of: 0) {
      throw DataError("the class '\(classNames[empty])' of \(name) has no rows")
    }
  }
}
