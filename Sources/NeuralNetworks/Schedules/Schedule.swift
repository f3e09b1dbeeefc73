import Vocabulary

/// How the learning rate moves. Epochs count from 0.
package protocol Schedule: Sendable {
  static var syntax: Syntax { get }
  /// `horizon` is known when training starts.
  init(_ call: Call, _ horizon: ScheduleHorizon) throws
  /// The rate at an update.
  func rate(_ moment: ScheduleMoment) -> ScheduledRate
  /// Told each epoch's validation loss (training loss without a validation part); most do not care.
  mutating func observe(_ loss: Double)
  /// What must be kept in a checkpoint. Setting it to what no such schedule can have written changes nothing.
  var memory: [Double] { get set }
}

extension Schedule {
  package mutating func observe(_ loss: Double) {}
  package var memory: [Double] {
    get { [] }
    set {}
  }
}

/// What is fixed for a whole training.
package struct ScheduleHorizon: Sendable, Equatable {
  package var learningRate: Double
  /// The epochs first asked for: T.
  package var epochs: Int
  package var updatesPerEpoch: Int

  package init(learningRate: Double, epochs: Int, updatesPerEpoch: Int = 1) {
    self.learningRate = learningRate
    self.epochs = epochs
    self.updatesPerEpoch = updatesPerEpoch
  }
}

package struct ScheduleMoment: Sendable {
  /// From 0.
  package var epoch: Int
  /// Updates since the training began, from 0.
  package var update: Int

  package init(epoch: Int, update: Int) {
    self.epoch = epoch
    self.update = update
  }
}

package struct ScheduledRate: Sendable, Equatable {
  package var rate: Double
  /// Where the schedule moves the momentum as well.
  package var momentum: Double?

  package init(_ rate: Double, momentum: Double? = nil) {
    self.rate = rate
    self.momentum = momentum
  }
}

/// Every schedule that `schedule=` knows.
package enum Schedules {
  package static let all: [any Schedule.Type] = plain + [Warmup.self]

  /// Those that stand by themselves; warmup takes one of them.
  static let plain: [any Schedule.Type] = [
    Constant.self, TimeDecay.self, StepDecay.self, ExponentialDecay.self, PowerDecay.self, Plateau.self, OneCycle.self,
    CosineDecay.self, LinearDecay.self, PolynomialDecay.self, Piecewise.self,
    CoslogCycles.self, FlatCosine.self,
  ]

  package static var syntaxes: [Syntax] { all.map { $0.syntax } }

  package static func schedule(_ call: Call, _ horizon: ScheduleHorizon) throws -> any Schedule {
    guard let type = all.first(where: { $0.syntax.name == call.name }) else {
      throw TrainingError("no schedule is called '\(call.name)'")
    }
    return try type.init(call, horizon)
  }

  /// The rate at the start of each epoch, for `plot schedule`. `plateau` needs losses and stays where it starts.
  package static func rates(_ call: Call, learningRate: Double, epochs: Int, updatesPerEpoch: Int = 1) throws
    -> [Double]
  {
    let schedule = try schedule(
      call, ScheduleHorizon(learningRate: learningRate, epochs: epochs, updatesPerEpoch: updatesPerEpoch))
    return (0..<epochs).map { schedule.rate(ScheduleMoment(epoch: $0, update: $0 * updatesPerEpoch)).rate }
  }
}
