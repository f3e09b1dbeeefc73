import Vocabulary

/// Which arrays of an archive are what: as the call names them, else by the names that Keras and others give.
struct NPZNames {
  typealias Names = (x: String?, y: String?)
  let file: NPZFile
  var train: Names
  var validation: Names = (nil, nil)
  var test: Names = (nil, nil)

  init(_ file: NPZFile, _ call: Call) {
    self.file = file
    func given(_ name: String) -> String? { if case .text(let text)? = call[name] { text } else { nil } }
    func first(_ names: [String]) -> String? { names.first(where: file.names.contains) }
    train = (given("x"), given("y"))
    // A family of x_train, x_val and x_test is taken whole; single arrays are not guessed.
    let isFamily = train.x == nil && train.y == nil && first(["x"]) == nil && first(["x_train", "X_train"]) != nil
    validation = (given("x_val"), given("y_val"))
    test = (given("x_test"), given("y_test"))
    guard isFamily else {
      train = (train.x ?? "x", train.y ?? "y")
      return
    }
    train = (first(["x_train", "X_train"]), first(["y_train", "Y_train"]) ?? "y_train")
    if validation.x == nil, validation.y == nil {
      validation = (first(["x_val", "X_val", "x_valid", "X_valid"]), first(["y_val", "Y_val", "y_valid", "Y_valid"]))
    }
    if test.x == nil, test.y == nil { test = (first(["x_test", "X_test"]), first(["y_test", "Y_test"])) }
  }

  /// The arrays of a part; nil if neither is named. Throws a `DataError` if one is missing.
  func part(_ names: Names) throws -> NPZReading.Part? {
    switch names {
    case (let x?, let y?): return .init(x: try file.array(x), y: try file.array(y))
    case (nil, nil): return nil
    case (let x?, nil): throw DataError("\(file.path): '\(x)' has no targets beside it", hint: "name both, x and y")
    case (nil, let y?): throw DataError("\(file.path): '\(y)' has no features beside it", hint: "name both, x and y")
    }
  }
}
