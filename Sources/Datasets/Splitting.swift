import LinearAlgebra
import Vocabulary

/// Draws training, validation and test rows: stratified by class, seeded, each part in the file's order.
struct Splitting {
  struct Parts {
    var training: [Int32]
    var validation: [Int32]
    var test: [Int32]
    var folds: [[Int32]]
  }

  let examples: Examples
  let preparation: Preparation

  init(_ examples: Examples, _ preparation: Preparation) {
    self.examples = examples
    self.preparation = preparation
  }

  func parts() throws -> Parts {
    if let call = preparation.split { return try parts(by: call) }
    if examples.validationRows != nil { return try givenParts() }
    let shipped = examples.testRows ?? (examples.rows..<examples.rows)
    var pool = try stratifiedOrder((0..<examples.rows).filter { !shipped.contains($0) }.map(Int32.init), "split")
    var testPool = try stratifiedOrder(shipped.map(Int32.init), "test")
    if let limit = preparation.limit {
      guard limit <= examples.rows else {
        throw DataError("limit=\(limit) is more than the \(examples.rows) rows of \(examples.name)", about: "limit")
      }
      let testShare = Int((Double(limit) * Double(testPool.count) / Double(examples.rows)).rounded())
      testPool = Array(testPool.prefix(testShare))
      pool = Array(pool.prefix(limit - testShare))
    }
    let total = pool.count + (shipped.isEmpty ? 0 : testPool.count)
    let test = try testRows(&pool, testPool, total: total)
    let left = shipped.isEmpty ? total : pool.count
    return try divided(pool, test: test, total: left)
  }

  /// Parts that come as files of their own; what has none is drawn from the rest. A limit takes its share of each.
  private func givenParts() throws -> Parts {
    let validation = (examples.validationRows ?? 0..<0).map(Int32.init)
    let test = (examples.testRows ?? 0..<0).map(Int32.init)
    guard preparation.folds == nil else {
      throw DataError("folds= makes the validation parts, but \(examples.name) has one of its own", about: "folds")
    }
    let isGiven = Set(validation + test)
    let rest = (0..<Int32(clamping: examples.rows)).filter { !isGiven.contains($0) }
    let chosen = try part(validation, "validation", preparation.validation)
    guard examples.testRows == nil else {
      return Parts(
        training: try ascending(limited(rest, "split")), validation: chosen,
        test: try part(test, "test", preparation.test), folds: [])
    }
    let pool = try limited(rest, "split")
    let count = try checked(preparation.test ?? .fraction(0.2), "test", of: pool.count, least: 0)
    return Parts(
      training: try ascending(pool[count...]), validation: chosen, test: try ascending(pool[..<count]), folds: [])
  }

  /// The rows of a given part, or so many of them as were asked for.
  func part(_ rows: [Int32], _ name: String, _ asked: Share?) throws -> [Int32] {
    let order = try limited(rows, name)
    guard let asked else { return try ascending(order) }
    return order.prefix(try checked(asked, name, of: order.count, least: 0)).sorted()
  }

  /// Rows in stratified order, and of them the share that a limit leaves.
  private func limited(_ rows: [Int32], _ purpose: String) throws -> [Int32] {
    let order = try stratifiedOrder(rows, purpose)
    guard let limit = preparation.limit else { return order }
    guard limit <= examples.rows else {
      throw DataError("limit=\(limit) is more than the \(examples.rows) rows of \(examples.name)", about: "limit")
    }
    let share = Double(limit) * Double(rows.count) / Double(examples.rows)
    return Array(order.prefix(rows.isEmpty ? 0 : max(1, Int(share.rounded()))))
  }

  /// Takes the test rows: from the shipped part where there is one, else from the pool's front.
  private func testRows(_ pool: inout [Int32], _ shipped: [Int32], total: Int) throws -> [Int32] {
    if examples.testRows != nil {
      guard let asked = preparation.test else { return shipped }
      let count = try checked(asked, "test", of: shipped.count, least: 0)
      return Array(shipped.prefix(count))
    }
    let count = try checked(preparation.test ?? .fraction(0.2), "test", of: total, least: 0)
    defer { pool.removeFirst(min(count, pool.count)) }
    return Array(pool.prefix(count))
  }

  private func divided(_ pool: [Int32], test: [Int32], total: Int) throws -> Parts {
    if let folds = preparation.folds {
      guard folds >= 2 else { throw DataError("folds=\(folds): cross-validation needs at least 2", about: "folds") }
      guard folds <= pool.count else {
        throw DataError("folds=\(folds) is more than the \(pool.count) rows that are not test", about: "folds")
      }
      // Dealt out class after class, so that every part has each class's share to within one row.
      let dealt = byClass(pool)
      let parts = try (0..<folds).map { fold in
        try ascending(stride(from: fold, to: dealt.count, by: folds).map { dealt[$0] })
      }
      return Parts(
        training: try ascending(parts[1...].flatMap { $0 }), validation: parts[0], test: try ascending(test),
        folds: parts)
    }
    let standard: Share =
      if let customary = examples.customaryValidation, let shipped = examples.testRows {
        // With `limit` the customary count shrinks as the rows do.
        .count(Int((Double(customary) * Double(pool.count) / Double(examples.rows - shipped.count)).rounded()))
      } else {
        .fraction(0.2)
      }
    let count = try checked(preparation.validation ?? standard, "validation", of: total, least: 0)
    guard count < pool.count else {
      throw DataError(
        "validation takes \(count) and test \(test.count) rows of \(examples.name): nothing is left to train on",
        hint: "say smaller parts", about: "validation")
    }
    return Parts(
      training: try ascending(pool[count...]), validation: try ascending(pool[..<count]), test: try ascending(test),
      folds: [])
  }

  private func byClass(_ rows: [Int32]) -> [Int32] {
    guard case .classes(let classes) = examples.targets else { return rows }
    var groups = [[Int32]](repeating: [], count: examples.classNames.count)
    for row in rows { groups[Int(classes[Int(row)])].append(row) }
    return groups.flatMap { $0 }
  }

  private func checked(_ share: Share, _ name: String, of total: Int, least: Int) throws -> Int {
    let rows = share.rows(of: total)
    switch share {
    case .fraction(let value):
      guard value >= 0, value < 1 else {
        throw DataError("\(name)=\(value) is not a share from 0 to below 1", about: name)
      }
    case .count(let count):
      guard count >= 0 else { throw DataError("\(name)=\(count): a count cannot be negative", about: name) }
    }
    guard rows <= total else {
      throw DataError("\(name)=\(rows) is more than the \(total) rows there are", about: name)
    }
    return rows
  }

  /// An order of which every prefix holds the classes in their proportions (to within one row a class): each row is
  /// placed at (its random rank in its class + 1/2) / (rows of the class).
  private func stratifiedOrder(_ rows: [Int32], _ purpose: String) throws -> [Int32] {
    var random = RandomStream(seed: preparation.seed, "data", purpose)
    var shuffled = rows
    try Interrupting.shuffle(&shuffled, using: &random)
    guard case .classes(let classes) = examples.targets else { return shuffled }
    var counts = [Int](repeating: 0, count: examples.classNames.count)
    for row in shuffled { counts[Int(classes[Int(row)])] += 1 }
    var seen = [Int](repeating: 0, count: counts.count)
    var places = [Double](repeating: 0, count: shuffled.count)
    for (index, row) in shuffled.enumerated() {
      if index & Interrupting.mask == 0 { try Interrupting.check() }
      let label = Int(classes[Int(row)])
      places[index] = (Double(seen[label]) + 0.5) / Double(counts[label])
      seen[label] += 1
    }
    let order = try Interrupting.sorted(shuffled.indices) { (places[$0], $0) < (places[$1], $1) }
    return order.map { shuffled[$0] }
  }

  /// Rows in the file's order: sorted if they are few, else each marked in a list of all.
  private func ascending(_ rows: some RandomAccessCollection<Int32>) throws -> [Int32] {
    try Interrupting.check()
    if rows.count < examples.rows / 16 { return rows.sorted() }
    var isIn = [Bool](repeating: false, count: examples.rows)
    for row in rows { isIn[Int(row)] = true }
    return Array(isIn.indices.lazy.filter { isIn[$0] }.map { Int32($0) })
  }
}
