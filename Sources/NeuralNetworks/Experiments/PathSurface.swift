import Vocabulary

/// A function of two variables that optimizers can be watched on, with its slope, a place to begin and a window to look through.
package struct PathSurface: Sendable {
  package let syntax: Syntax
  package let x: ClosedRange<Double>
  package let y: ClosedRange<Double>
  package let start: (x: Double, y: Double)
  /// nil where the function has no least value.
  package let minimum: (x: Double, y: Double)?
  private let height: @Sendable (_ x: Double, _ y: Double) -> Double
  private let gradient: @Sendable (_ x: Double, _ y: Double) -> (x: Double, y: Double)

  package func value(_ x: Double, _ y: Double) -> Double { height(x, y) }

  package func slope(_ x: Double, _ y: Double) -> (x: Double, y: Double) { gradient(x, y) }

  /// Every surface that `surface=` knows.
  package static let syntaxes = [parabolaSyntax, saddleSyntax, rosenbrockSyntax]

  package init(_ call: Call) throws {
    switch call.name {
    case "parabola": self = .parabola(call)
    case "saddle": self = .saddle
    case "rosenbrock": self = .rosenbrock(call)
    default: throw TrainingError("no surface is called '\(call.name)'")
    }
  }

  private init(
    _ syntax: Syntax, x: ClosedRange<Double>, y: ClosedRange<Double>, start: (Double, Double),
    minimum: (Double, Double)?,
    height: @escaping @Sendable (Double, Double) -> Double,
    gradient: @escaping @Sendable (Double, Double) -> (x: Double, y: Double)
  ) {
    (self.syntax, self.x, self.y, self.start, self.minimum) = (syntax, x, y, start, minimum)
    (self.height, self.gradient) = (height, gradient)
  }

  private static let parabolaSyntax = Syntax(
    "parabola", "a bowl, steeper one way than the other: what a rate may be is set by the steep way",
    formula: "(x^2 + steepness y^2) / 2",
    options: [Option("steepness", .float(.positive), default: .float(10), "how much steeper y is than x")],
    example: "plot path sgd adam surface=parabola(steepness=10)")

  private static func parabola(_ call: Call) -> PathSurface {
    let k = call.float("steepness", parabolaSyntax) ?? 10
    return PathSurface(
      parabolaSyntax, x: -2...2, y: -2...2, start: (-1.8, 1.6), minimum: (0, 0),
      height: { (x, y) in (x * x + k * y * y) / 2 },
      gradient: { (x, y) in (x, k * y) })
  }

  private static let saddleSyntax = Syntax(
    "saddle", "down along y, up along x: flat in the middle, where plain descent lingers", formula: "x^2 - y^2",
    example: "plot path sgd adam surface=saddle")

  private static let saddle = PathSurface(
    saddleSyntax, x: -2...2, y: -2...2, start: (-1.8, 0.02), minimum: nil, height: { (x, y) in x * x - y * y },
    gradient: { (x, y) in (2 * x, -2 * y) })

  private static let rosenbrockSyntax = Syntax(
    "rosenbrock", "a bent valley with a flat floor", formula: "(1 - x)^2 + b (y - x^2)^2",
    source: "H. Rosenbrock, 1960",
    options: [Option("b", .float(.positive), default: .float(10), "how steep the walls are")],
    example: "plot path sgd adam surface=rosenbrock learning_rate=0.02 steps=200")

  private static func rosenbrock(_ call: Call) -> PathSurface {
    let b = call.float("b", rosenbrockSyntax) ?? 10
    return PathSurface(
      rosenbrockSyntax, x: -2...2, y: -1...3, start: (-1.5, 2.0), minimum: (1, 1),
      height: { (x, y) in (1 - x) * (1 - x) + b * (y - x * x) * (y - x * x) },
      gradient: { (x, y) in (-2 * (1 - x) - 4 * b * x * (y - x * x), 2 * b * (y - x * x)) })
  }
}
