extension Dataset {
  /// Of two classes the one that precision, recall and f1 are about: the one that was named, else the rarer of all rows,
  /// else the second. nil for regression and for more classes.
  package var positiveClass: Int? {
    guard classCount == 2, case .classes(let classes) = examples.targets else { return nil }
    if let name = preparation.positive { return classNames.firstIndex(of: name) }
    let first = classes.count { $0 == 0 }
    return first < classes.count - first ? 0 : 1
  }

  package var positiveName: String? { positiveClass.map { classNames[$0] } }

  /// Throws `DataError` for a positive class that the data does not have.
  func checkPositive() throws {
    guard let name = preparation.positive else { return }
    guard classCount == 2 else {
      throw DataError(
        "positive='\(name)' needs two classes, but the data has "
          + (task == .regression ? "a number as its target" : "\(classCount)"))
    }
    if !classNames.contains(name) {
      throw DataError(
        "positive='\(name)' is not a class of the data", hint: "use '\(classNames[0])' or '\(classNames[1])'")
    }
  }
}
