/// Trials' values by parameter.
enum TrialColumns {
  /// The values of the trials that have all of the parameters within their ranges: a column a parameter, in the order of `indices`.
  static func of(_ parameters: [Parameter], _ history: [Observation], _ indices: [Int]) -> [[Double]] {
    let domains = parameters.map(\.domain)
    let ranges = domains.map(\.range)
    let isSet = domains.map { if case .categorical = $0 { true } else { false } }
    // With room for one more, the prior's mean.
    var columns = [[Double]](repeating: [], count: parameters.count)
    for column in columns.indices {
      columns[column].reserveCapacity(indices.count + 1)
      columns[column].append(contentsOf: repeatElement(0, count: indices.count))
    }
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
        columns[column][count] = number
      }
      if isInside { count += 1 }
    }
    if count < indices.count { for column in columns.indices { columns[column].removeLast(indices.count - count) } }
    return columns
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
