import Vocabulary

/// An update rule over flat ranges of parameters, in PyTorch's conventions.
///
/// It holds its settings only; what it remembers lies in `slots` arrays as long as the parameters, owned by the run.
package protocol Optimizer: Sendable {
  static var syntax: Syntax { get }
  /// PyTorch's own.
  static var defaultLearningRate: Double { get }
  init(_ call: Call)
  /// Arrays of state, each as long as the parameters.
  var slots: Int { get }
  /// What a slot holds before the first update.
  var initialState: Float { get }
  /// The decay that PyTorch applies where nothing is said.
  var defaultWeightDecay: Double { get }
  /// Whether a schedule such as one_cycle can move its momentum (or Adam's first beta).
  var movesMomentum: Bool { get }
  /// The factor that an update adds to the running product it is then given; 1 where none is needed.
  func productFactor(_ step: UpdateStep) -> Double
  /// Brings the running weights of `step.mean` up to this update, before it is made.
  func weigh(_ step: inout UpdateStep)
  /// The weights to be evaluated are p + shift (s - p), s the first slot; 0 where they are those that are trained.
  var judgedShift: Float { get }
  /// How hidden layers' weights are updated where that takes a whole matrix at a time; nil where `update` does all.
  var matrixRule: MatrixRule? { get }
  /// One update in one pass. Called for disjoint ranges, in any order, on several threads.
  func update(_ place: UpdatePlace, _ step: UpdateStep)
}

extension Optimizer {
  package var initialState: Float { 0 }
  package var defaultWeightDecay: Double { 0 }
  package var movesMomentum: Bool { false }
  package func productFactor(_ step: UpdateStep) -> Double { 1 }
  package func weigh(_ step: inout UpdateStep) {}
  package var judgedShift: Float { 0 }
  package var matrixRule: MatrixRule? { nil }
}

/// A range of parameters with its gradient and state.
package struct UpdatePlace {
  package let parameters: UnsafeMutablePointer<Float>
  package let gradient: UnsafePointer<Float>
  /// The first slot's part; slot k lies `k * stride` further.
  package let state: UnsafeMutablePointer<Float>
  package let stride: Int
  package let count: Int

  package init(
    parameters: UnsafeMutablePointer<Float>, gradient: UnsafePointer<Float>, state: UnsafeMutablePointer<Float>,
    stride: Int, count: Int
  ) {
    self.parameters = parameters
    self.gradient = gradient
    self.state = state
    self.stride = stride
    self.count = count
  }
}

/// What an update needs to know beside the range.
package struct UpdateStep: Sendable {
  /// From 1.
  package var number: Int
  package var rate: Double
  /// Weight decay as said.
  package var decay: Double
  /// l1's factor; 0 for biases.
  package var l1: Double
  /// Multiplies the gradient first: clipping, accumulation.
  package var scale: Float = 1
  /// Momentum (or Adam's first beta) where a schedule moves it.
  package var momentum: Double?
  /// The product of the optimizer's factors up to and with this update.
  package var product = 1.0
  /// Updates that the whole training was planned to make.
  package var planned = 1
  var mean = RunningMean()

  package init(
    number: Int, rate: Double, decay: Double, l1: Double, scale: Float = 1, momentum: Double? = nil,
    product: Double = 1, planned: Int = 1
  ) {
    self.number = number
    self.rate = rate
    self.decay = decay
    self.l1 = l1
    self.scale = scale
    self.momentum = momentum
    self.product = product
    self.planned = planned
  }
}

/// The weights in a mean over updates, each update's the square of the largest rate so far.
package struct RunningMean: Sendable, Equatable, Codable {
  var largestRate = 0.0
  var sum = 0.0
  /// This update's part of the sum.
  var share = 1.0
}

/// Every optimizer that `optimizer=` knows.
package enum Optimizers {
  package static let all: [any Optimizer.Type] = [
    SGD.self, Adagrad.self, RMSprop.self, Adam.self, AdamW.self, NAdam.self, Adadelta.self,
    Lion.self, Muon.self, ScheduleFree.self,
  ]

  package static var syntaxes: [Syntax] { all.map { $0.syntax } }

  package static func type(named name: String) throws -> any Optimizer.Type {
    guard let type = all.first(where: { $0.syntax.name == name }) else {
      throw TrainingError("no optimizer is called '\(name)'")
    }
    return type
  }
}
