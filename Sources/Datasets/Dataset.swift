import Vocabulary

/// Examples split into training, validation and test rows, with the standardiser that the training rows give.
///
/// A value: copies share their storage, so trials side by side read one set of bytes.
package struct Dataset: Sendable {
  package var name: String { examples.name }
  package private(set) var examples: Examples
  package let task: Task
  /// What was asked, for the record and for folds.
  package let source: Call
  package let preparation: Preparation
  /// Row indices into the examples, ascending: the file's order.
  package private(set) var training: [Int32]
  package private(set) var validation: [Int32]
  package private(set) var test: [Int32]
  /// Row indices of each cross-validation part; empty without `folds`.
  package private(set) var folds: [[Int32]]
  package private(set) var scaling: Scaling
  /// What regression targets are divided by in training; the identity for classes.
  package private(set) var targetScaling: TargetScaling
  /// What a user should know: constant columns, replaced missing values.
  package private(set) var notices: [String]

  /// Checks the examples, draws the split, fits the standardiser. Linear in the size of the data.
  package init(_ examples: Examples, _ preparation: Preparation = Preparation(), source: Call? = nil) throws {
    try examples.check()
    var examples = examples
    if let split = preparation.split, split.name != "time" {
      examples = try examples.giving(split.name == "group" ? .group : .ignored, to: try ColumnSplit.column(split))
    }
    self.examples = examples
    self.task = if case .classes = examples.targets { .classification } else { .regression }
    self.source = source ?? Call(examples.name)
    self.preparation = preparation
    (training, validation, test, folds) = ([], [], [], [])
    (scaling, targetScaling, notices) = (.identity, .identity, [])
    try checkPositive()
    let parts = try Splitting(examples, preparation).parts()
    (training, validation, test, folds) = (parts.training, parts.validation, parts.test, parts.folds)
    try fit()
  }

  /// Rows that are only measured: all of them are the test part, and nothing is fitted.
  package init(measuring examples: Examples) {
    self.examples = examples
    task = if case .classes = examples.targets { .classification } else { .regression }
    source = Call(examples.name)
    preparation = Preparation()
    (training, validation, test, folds) = ([], [], (0..<Int32(clamping: examples.rows)).map { $0 }, [])
    (scaling, targetScaling, notices) = (.identity, .identity, [])
  }

  package var featureCount: Int { examples.columns }
  package var classNames: [String] { examples.classNames }
  package var featureNames: [String] { examples.featureNames }
  package var imageShape: Examples.ImageShape? { examples.imageShape }
  /// 0 for regression.
  package var classCount: Int { examples.classNames.count }

  package func rows(_ split: Split) -> [Int32] {
    switch split {
    case .train: training
    case .validation: validation
    case .test: test
    }
  }

  /// Rows of each class in a split; empty for regression.
  package func classCounts(_ split: Split) -> [Int] {
    guard case .classes(let classes) = examples.targets else { return [] }
    var counts = [Int](repeating: 0, count: classCount)
    for row in rows(split) { counts[Int(classes[Int(row)])] += 1 }
    return counts
  }

  /// A copy whose targets stay as they are: what a training of an older version goes on with.
  package var withPlainTargets: Dataset {
    var copy = self
    copy.targetScaling = .identity
    return copy
  }

  /// Numbers that are predicted of a row; 1 for classes.
  package var targetWidth: Int { if case .numbers(_, let width) = examples.targets { width } else { 1 } }

  /// Bytes that features, targets and indices take.
  package var memory: Int {
    let values =
      switch examples.values {
      case .bytes(let bytes, _): bytes.count
      case .floats(let floats): 4 * floats.count
      case .table(let table):
        table.table.columns.reduce(0) { sum, column in
          if case .numbers = column.values { sum + 8 * column.count } else { sum + 4 * column.count }
        }
      }
    return values + 4 * (examples.rows + training.count + validation.count + test.count)
  }

  /// The dataset of one cross-validation part: it validates, the others train, and the standardiser is theirs.
  package func fold(_ index: Int) -> Dataset {
    precondition(folds.indices.contains(index), "there is no fold \(index)")
    var result = self
    result.validation = folds[index]
    result.training = folds.indices.filter { $0 != index }.flatMap { folds[$0] }.sorted()
    // The targets' domain was checked for all rows.
    try? result.fit()
    return result
  }

  /// A copy that trains on all rows but those of the test part, with everything fitted to them, and validates on none.
  package func joiningValidation() throws -> Dataset {
    var result = self
    result.training = Set(training + validation + folds.joined()).sorted()
    (result.validation, result.folds) = ([], [])
    try result.fit()
    return result
  }

  /// Says which targets have one value: there is nothing to learn.
  private func constantTargets() -> [String] {
    guard case .numbers(let numbers, let width) = examples.targets else { return [] }
    return (0..<width).compactMap { target in
      let values = training.map { numbers[Int($0) * width + target] }
      guard let first = values.first, values.allSatisfy({ $0 == first }) else { return nil }
      let text = first == first.rounded() && abs(first) < 1e15 ? "\(Int(first))" : "\(first)"
      return "the target '\(examples.targetNames[target])' is \(text) in every training row: there is nothing to learn"
    }
  }

  /// Says which classes are rarer than there are parts: they are not learned, or not looked at.
  private func missingClasses() -> [String] {
    [(Split.train, "train on"), (.validation, "validate on")].filter { !rows($0.0).isEmpty }.compactMap {
      split, purpose in
      let names = classCounts(split).enumerated().filter { $0.element == 0 }.map { examples.classNames[$0.offset] }
      guard let first = names.first else { return nil }
      func shown(_ name: String) -> String {
        let line = String(name.prefix(40)).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
          .joined(separator: #"\n"#)
        return "'\(VisibleText.cleaned(line))'"
      }
      if names.count == 1 { return "the class \(shown(first)) has no rows to \(purpose)" }
      let listed = names.prefix(5).map(shown).joined(separator: ", ")
      return "\(names.count) classes have no rows to \(purpose): \(listed)\(names.count > 5 ? ", ..." : "")"
    }
  }

  /// Says how much is taken of a part that is a file of its own.
  private func partsTaken() -> [String] {
    [
      ("validation", examples.validationRows, preparation.validation, validation),
      ("test", examples.testRows, preparation.test, test),
    ]
    .compactMap { name, all, share, taken in
      guard let all, share != nil, source[name] != nil else { return nil }
      return "\(name)= takes \(taken.count) of the \(all.count) rows of the \(name) file"
    }
  }

  /// The sum of the weights of rows; their number if all count alike.
  package func weight(of rows: [Int32]) -> Double {
    examples.weights.isEmpty ? Double(rows.count) : rows.reduce(0) { $0 + examples.weights[Int($1)] }
  }

  /// Why no column has an input; with the remedy only if it is one.
  private func nothingTold(_ table: DataTable) throws -> DataError {
    var preparation = preparation
    preparation.rare = 1
    let encoding = try TableEncoding.fitted(
      to: table, classNames: examples.classNames, rows: training, weights: examples.weights, preparation: preparation)
    let left = table.columns.filter { $0.role == .feature && [.text, .identifier].contains($0.kind) }.map(\.name)
    let names = left.prefix(5).map { "'\($0)'" }.joined(separator: ", ") + (left.count > 5 ? ", ..." : "")
    let isHuge = table.columns.contains { $0.note?.contains(NumberColumn.tooLarge) == true }
    let kinds = isHuge ? "names, free text or \(NumberColumn.tooLarge)" : "names or free text"
    let reason = left.isEmpty ? "each has one value there" : "\(kinds) are left out: \(names)"
    return DataError(
      "no column of \(name) tells anything in the \(training.count) training row\(training.count == 1 ? "" : "s"): \(reason)",
      hint: encoding.width > 0 ? "use rare=1, or more rows" : nil)
  }

  /// Everything that comes from the training rows.
  private mutating func fit() throws {
    notices = examples.notices
    for split in [Split.train, .validation, .test] where !rows(split).isEmpty && weight(of: rows(split)) == 0 {
      throw DataError("the weights of all \(split.rawValue) rows of \(name) are 0", about: "weight")
    }
    if let table = examples.table {
      let encoding = try TableEncoding.fitted(
        to: table, classNames: examples.classNames, rows: training, weights: examples.weights, preparation: preparation)
      examples = try examples.encoded(by: encoding)
      try Interrupting.check()
      notices += tableNotices(table, encoding)
      guard examples.columns > 0 else {
        throw try nothingTold(table)
      }
    }
    notices += missingClasses() + partsTaken()
    try Interrupting.check()
    targetScaling = try TargetScaling.fitted(preparation.targetScale ?? .standard, to: examples, rows: training)
    notices += constantTargets()
    let kind = preparation.standardize ?? (imageShape == nil ? .perFeature : .global)
    scaling = Scaling.fitted(kind, to: examples, rows: training)
    try Interrupting.check()
    if kind == .perFeature, imageShape == nil {
      let constant = scaling.constantFeatures(in: examples, rows: training)
      if !constant.isEmpty {
        let names = constant.prefix(3).map { "'\(examples.featureName($0))'" }.joined(separator: ", ")
        notices.append(
          constant.count == 1
            ? "the column \(names) is constant in the training rows: it tells nothing"
            : "\(constant.count) columns are constant in the training rows (\(names)\(constant.count > 3 ? ", ..." : "")): they tell nothing"
        )
      }
    }
  }
}
