import Foundation
import LinearAlgebra
import Vocabulary

/// Sets in the plane that are made, not loaded: `data spirals(n=1000, noise=0.2)`.
extension DataSource {
  static let spirals = made(
    Syntax(
      "spirals", "arms that wind around each other, one class per arm",
      formula: "radius t, angle 2 pi (k/classes + turns t), t in [0, 1), plus noise",
      options: [rowsOption, noiseOption(0.1), classesOption(2), turnsOption],
      example: "data spirals(n=1000, noise=0.2, classes=3)"),
    classes: nil
  ) { call, syntax, label, classes, random in
    let t = random.uniform().squareRoot()
    let turns = call.float("turns", syntax) ?? 1.0
    let angle = 2 * Double.pi * (Double(label) / Double(classes) + turns * t)
    return (3 * t * cos(angle), 3 * t * sin(angle))
  }

  static let moons = made(
    Syntax(
      "moons", "two half circles that reach into each other", source: "scikit-learn's make_moons",
      options: [rowsOption, noiseOption(0.1)], example: "data moons(noise=0.2)"),
    classes: 2
  ) { _, _, label, _, random in
    let angle = Double.pi * random.uniform()
    return label == 0 ? (cos(angle), sin(angle)) : (1 - cos(angle), 0.5 - sin(angle))
  }

  static let circles = made(
    Syntax(
      "circles", "a circle within a circle", source: "scikit-learn's make_circles",
      options: [
        rowsOption, noiseOption(0.1),
        Option(
          "factor", .float(FloatRange(0, 1, lowIsOpen: true, highIsOpen: true)), default: .float(0.5),
          "the inner radius"),
      ], example: "data circles(factor=0.3)"),
    classes: 2
  ) { call, syntax, label, _, random in
    let angle = 2 * Double.pi * random.uniform()
    let radius = label == 0 ? 1 : call.float("factor", syntax) ?? 0.5
    return (radius * cos(angle), radius * sin(angle))
  }

  static let blobs = made(
    Syntax(
      "blobs", "round clouds, one class a cloud; `noise` is their deviation",
      formula: "centres evenly on a circle of radius 3",
      options: [rowsOption, noiseOption(1), classesOption(3)], example: "data blobs(classes=4, noise=0.7)"),
    classes: nil
  ) { _, _, label, classes, _ in
    let angle = 2 * Double.pi * Double(label) / Double(classes)
    return (3 * cos(angle), 3 * sin(angle))
  }

  private static let rowsOption = Option("n", .int(2...10_000_000), default: .int(1000), "rows")
  private static func noiseOption(_ standard: Double) -> Option {
    Option(
      "noise", .float(.nonNegative), default: .float(standard), "standard deviation of the noise added to each feature")
  }
  private static func classesOption(_ standard: Int) -> Option {
    Option("classes", .int(2...100), default: .int(standard), "classes")
  }
  private static let turnsOption = Option("turns", .float(.positive), default: .float(1), "full turns of an arm")

  /// `point` gives a row of the class before noise; the classes take turns, so each has its share of the rows.
  private static func made(
    _ syntax: Syntax, classes fixed: Int?,
    point: @escaping @Sendable (Call, Syntax, Int, Int, inout RandomStream) -> (Double, Double)
  ) -> DataSource {
    DataSource(syntax) { call, context in
      let rows = call.int("n", syntax) ?? 1000
      let classes = fixed ?? call.int("classes", syntax) ?? 2
      let noise = call.float("noise", syntax) ?? 0
      guard rows >= classes else { throw DataError("n=\(rows) rows cannot hold \(classes) classes", about: "n") }
      var random = RandomStream(seed: context.seed, "data", syntax.name)
      var values: [Float] = []
      values.reserveCapacity(2 * rows)
      for row in 0..<rows {
        if row % 4096 == 0 { try Interrupting.check() }
        let (x, y) = point(call, syntax, row % classes, classes, &random)
        values.append(Float(x + noise * random.normal()))
        values.append(Float(y + noise * random.normal()))
      }
      var examples = Examples(
        name: syntax.name, columns: 2, values: .floats(values),
        targets: .classes((0..<rows).map { Int32($0 % classes) }))
      examples.classNames = (0..<classes).map(String.init)
      examples.featureNames = ["x", "y"]
      return examples
    }
  }
}
