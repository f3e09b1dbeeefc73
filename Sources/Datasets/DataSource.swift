import Vocabulary

/// Where rows come from: one word of `data`, with its options.
package struct DataSource: Sendable {
  package var syntax: Syntax
  /// Throws `DataError` for what is wrong with the data, `LoadingCancelled` when asked to stop.
  package var load: @Sendable (Call, LoadingContext) throws -> Examples

  package init(_ syntax: Syntax, load: @escaping @Sendable (Call, LoadingContext) throws -> Examples) {
    self.syntax = syntax
    self.load = load
  }
}

/// What a loader needs from the session.
package struct LoadingContext: Sendable {
  /// Relative paths start here.
  package var folder: String
  /// Made data are drawn with it.
  package var seed: UInt64
  package var isCancelled: @Sendable () -> Bool
  /// What is going on ("downloading train-images", 0...1).
  package var progress: @Sendable (String, Double) -> Void
  /// Whether a set that is not on this machine may be fetched.
  package var mayFetch = true
  /// Overrides the task that a table's target would be taken for.
  package var task: Task?
  /// The rows that are wanted of all: a reader of a long file may end early.
  package var limit: Int?

  package init(
    folder: String = ".", seed: UInt64 = 0, task: Task? = nil,
    isCancelled: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (String, Double) -> Void = { _, _ in }
  ) {
    self.folder = folder
    self.seed = seed
    self.task = task
    self.isCancelled = isCancelled
    self.progress = progress
  }
}

/// Every source that `data` knows.
package enum DataSources {
  package static let all: [DataSource] = [
    .digits, .iris, .fashionMNIST, .mnist, .idx, .csv, .json, .arff, .libsvm, .sqlite, .postgresql, .npz,
    .spirals, .moons, .circles, .blobs,
  ]

  /// Loads and prepares: the whole of a `data` command.
  package static func dataset(
    _ call: Call, _ preparation: Preparation = Preparation(), context: LoadingContext = LoadingContext()
  ) throws -> Dataset {
    guard let source = all.first(where: { $0.syntax.name == call.name }) else {
      throw DataError("no data source is called '\(call.name)'")
    }
    var context = context
    context.seed = preparation.seed
    context.task = preparation.task
    context.limit = preparation.limit
    return try Dataset(try source.load(call, context), preparation, source: call)
  }
}
