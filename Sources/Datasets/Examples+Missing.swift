extension Examples {
  /// Puts each column's mean over the given rows in the place of its missing numbers, and says so. Columns that are
  /// missing in all of these rows get 0.
  mutating func fillMissing(by rows: [Int32]) -> [String] {
    guard !missing.isEmpty, case .floats(var floats) = values else { return [] }
    // Taken out, so that filling does not copy the array.
    values = .floats([])
    let holes = Dictionary(grouping: missing, by: \.column)
    for (column, places) in holes {
      let without = Set(places.map(\.row))
      var (sum, count) = (0.0, 0)
      for row in rows where !without.contains(row) {
        sum += Double(floats[Int(row) * columns + Int(column)])
        count += 1
      }
      let mean = count == 0 ? 0 : sum / Double(count)
      for place in places { floats[Int(place.row) * columns + Int(column)] = Float(mean) }
      encoding?.setMean(mean, feature: Int(column))
    }
    values = .floats(floats)
    let names = holes.keys.sorted().prefix(3).map { "'\(featureName(Int($0)))'" }.joined(separator: ", ")
    let count = missing.count
    return [
      "\(count) missing number\(count == 1 ? "" : "s") replaced by the training mean (\(names)\(holes.count > 3 ? ", ..." : ""))"
    ]
  }
}

extension TableEncoding {
  /// Notes what stands for a missing number of the column that holds a feature.
  mutating func setMean(_ mean: Double, feature: Int) {
    var place = 0
    for index in columns.indices {
      switch columns[index] {
      case .number(let name, _):
        if place == feature { columns[index] = .number(name: name, mean: mean) }
        place += 1
      case .text(_, let categories): place += categories.count
      }
    }
  }
}
