/// Trials' values by parameter.
enum TrialColumns {
  /// The values of the trials that have all of the parameters within their ranges: a column a parameter, in the order of `indices`.
  static func of(_ parameters: [Parameter], _ history: [Observation], _ indices: [Int]) -> [[Double]] {
    let domains = parameters.map(\.domain)
    let ranges = domains.map(\.range)
    let isSet = domains.map { if case .categorical = $0 { true } else { false } }
    // One block for all columns: a list of lists would be asked at every value whether it is shared.
    var block = [Double](repeating: 0, count: parameters.count * indices.count)
    var count = 0
    // Where the parameters stand among a configuration's names (nil: one is missing); looked up again where the names change.
    var names: ParameterNames?
    var places: [Int]?
    for index in indices {
      if history[index].names !== names {
        names = history[index].names
        places = Self.places(of: parameters, in: history[index].names.list)
      }
      guard let places else { continue }
      var isInside = true
      for column in places.indices {
        var number = history[index].numbers[places[column]]
        if isSet[column] { number = domains[column].number(of: history[index].ordered[places[column]]) ?? .nan }
        isInside = isInside && number >= ranges[column].low && number <= ranges[column].high
        block[column * indices.count + count] = number
      }
      if isInside { count += 1 }
    }
    return parameters.indices.map { column in
      var values: [Double] = []
      // With room for one more, the prior's mean.
      values.reserveCapacity(count + 1)
      values.append(contentsOf: block[column * indices.count..<column * indices.count + count])
      return values
    }
  }

  private static func places(of parameters: [Parameter], in names: [String]) -> [Int]? {
    let places = parameters.compactMap { names.firstIndex(of: $0.name) }
    return places.count == parameters.count ? places : nil
  }
}

extension Domain {
  /// The ends as numbers (of indices where it is a set).
  var range: (low: Double, high: Double) {
    switch self {
    case .int(let low, let high, _, _): (Double(low), Double(high))
    case .float(let low, let high, _, _): (low, high)
    case .categorical(let choices, _): (0, Double(choices.count - 1))
    }
  }
}
