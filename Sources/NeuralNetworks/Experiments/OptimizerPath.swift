import Vocabulary

/// The way of an optimizer over a function of two variables: the rule that trains networks, with two parameters.
package struct OptimizerPath: Sendable {
  /// The start and the place after each step. A path ends early where it has left the window by its width.
  package private(set) var x: [Double]
  package private(set) var y: [Double]

  /// Throws `TrainingError` for an unknown optimizer.
  package init(_ call: Call, learningRate: Double, steps: Int, over surface: PathSurface) throws {
    let optimizer = try Optimizers.type(named: call.name).init(call)
    (x, y) = ([surface.start.x], [surface.start.y])
    var place: [Float] = [Float(surface.start.x), Float(surface.start.y)]
    var state = [Float](repeating: optimizer.initialState, count: 2 * optimizer.slots)
    var product = 1.0
    var mean = RunningMean()
    for number in 1...max(steps, 1) {
      let slope = surface.slope(Double(place[0]), Double(place[1]))
      var step = UpdateStep(number: number, rate: learningRate, decay: optimizer.defaultWeightDecay, l1: 0)
      product *= optimizer.productFactor(step)
      (step.product, step.mean, step.planned) = (product, mean, steps)
      optimizer.weigh(&step)
      mean = step.mean
      Self.update(&place, by: [Float(slope.x), Float(slope.y)], &state, optimizer, step)
      x.append(Double(place[0]))
      y.append(Double(place[1]))
      if !Self.isNear(x[number], surface.x) || !Self.isNear(y[number], surface.y) { break }
    }
  }

  private static func update(
    _ place: inout [Float], by gradient: [Float], _ state: inout [Float], _ optimizer: any Optimizer, _ step: UpdateStep
  ) {
    let count = place.count
    // Plain descent has no state, and its pointer is not looked at.
    if state.isEmpty { state = [0] }
    place.withUnsafeMutableBufferPointer { place in
      state.withUnsafeMutableBufferPointer { state in
        gradient.withUnsafeBufferPointer { gradient in
          optimizer.update(
            UpdatePlace(
              parameters: place.baseAddress!, gradient: gradient.baseAddress!, state: state.baseAddress!, stride: count,
              count: count),
            step)
        }
      }
    }
  }

  /// False for what is not finite, too.
  private static func isNear(_ value: Double, _ window: ClosedRange<Double>) -> Bool {
    let width = window.upperBound - window.lowerBound
    return value >= window.lowerBound - width && value <= window.upperBound + width
  }
}
