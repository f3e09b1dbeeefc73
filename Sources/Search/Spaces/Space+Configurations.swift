extension Space {
  package subscript(name: String) -> Parameter? { parameters.first { $0.name == name } }

  package var isConditional: Bool { parameters.contains { $0.condition != nil } }

  /// The parameters that are active in a configuration, in written order; inactive values are not looked at.
  package func active(in point: Point) -> [Parameter] {
    var seen = fixed
    return parameters.filter { parameter in
      guard parameter.condition?.holds(in: seen) ?? true else { return false }
      seen[parameter.name] = point[parameter.name]
      return true
    }
  }

  /// Builds a configuration in written order, asking for the values of active parameters only.
  package func configuration(_ choose: (Parameter) -> ParameterValue) -> Point {
    guard isConditional else {
      return Point(uniqueKeysWithValues: parameters.map { ($0.name, choose($0)) })
    }
    var seen = fixed
    var point: Point = [:]
    for parameter in parameters where parameter.condition?.holds(in: seen) ?? true {
      let value = choose(parameter)
      point[parameter.name] = value
      seen[parameter.name] = value
    }
    return point
  }

  /// Whether the active parameters have values of their domains and no other name has one.
  package func contains(_ point: Point) -> Bool {
    let active = active(in: point)
    return active.count == point.count
      && active.allSatisfy { parameter in point[parameter.name].map(parameter.domain.contains) ?? false }
  }

  /// How many configurations there are, conditions and constraints aside from it counted out; nil where a parameter is continuous or
  /// the number does not fit an Int.
  ///
  /// Without conditions a product; with them every configuration of the deciding parameters is walked.
  package var size: Int? {
    guard isConditional else { return product(of: parameters[...]) }
    return count(from: 0, seen: fixed)
  }

  private func product(of parameters: ArraySlice<Parameter>) -> Int? {
    var product = 1
    for parameter in parameters {
      guard let count = parameter.domain.count else { return nil }
      let (next, overflow) = product.multipliedReportingOverflow(by: count)
      if overflow { return nil }
      product = next
    }
    return product
  }

  private func count(from index: Int, seen: Point) -> Int? {
    guard index < parameters.count else { return 1 }
    let parameter = parameters[index]
    guard parameter.condition?.holds(in: seen) ?? true else { return count(from: index + 1, seen: seen) }
    guard let values = parameter.domain.count else { return nil }
    let decides = parameters[(index + 1)...].contains { $0.condition?.names.contains(parameter.name) ?? false }
    guard decides, values <= 10_000 else {
      return count(from: index + 1, seen: seen).flatMap {
        let (total, overflow) = $0.multipliedReportingOverflow(by: values)
        return overflow ? nil : total
      }
    }
    var total = 0
    for value in 0..<values {
      var seen = seen
      seen[parameter.name] = parameter.domain.value(at: value)
      guard let below = count(from: index + 1, seen: seen) else { return nil }
      let (sum, overflow) = total.addingReportingOverflow(below)
      if overflow { return nil }
      total = sum
    }
    return total
  }
}
