extension DataTable {
  /// The weights of the rows by the column of that role; nil without one.
  ///
  /// Throws a `DataError` if the column is not of numbers, a weight is missing, negative or not finite, or all are 0.
  func rowWeights() throws -> [Double]? {
    guard let column = columns.first(where: { $0.role == .weight }) else { return nil }
    guard case .numbers(let weights) = column.values, column.kind != .date else {
      throw DataError("the weights in '\(column.name)' of \(path) are not numbers", about: "weight")
    }
    if let first = weights.firstIndex(where: \.isNaN) {
      let count = weights.count { $0.isNaN }
      throw DataError(
        "the weight '\(column.name)' is missing in \(count) row\(count == 1 ? "" : "s") of \(path), first in \(place(first))",
        hint: "write 0 for rows that are not to count", about: "weight")
    }
    if let first = weights.firstIndex(where: { $0 < 0 || !$0.isFinite }) {
      throw DataError(
        "the weight '\(column.name)' is \(weights[first]) in \(place(first)) of \(path); weights are finite and at least 0",
        about: "weight")
    }
    guard weights.contains(where: { $0 > 0 }) else {
      throw DataError("the weight '\(column.name)' is 0 in every row of \(path)", about: "weight")
    }
    return weights
  }
}
