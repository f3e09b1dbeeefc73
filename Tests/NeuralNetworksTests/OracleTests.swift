import Datasets
import NeuralNetworks
import Testing
import Vocabulary

/// Training agrees with PyTorch in double precision, from the same weights on the same rows in the same order.
@Suite struct OracleTests {
  @Test(arguments: Oracle.shared.cases)
  func `a single update is PyTorch's to 1e-6`(of reference: Oracle.Case) throws {
    let run = try run(reference)
    // Progress is reported after every batch: stopped as soon as the first update has been made.
    try run.train(isCancelled: { run.updates == 1 })
    let difference = largestDifference(run.lastModel.parameters, reference.first)
    #expect(difference < 1e-6)
  }

  @Test(arguments: Oracle.shared.cases)
  func `every epoch's loss is PyTorch's to 1e-4`(of reference: Oracle.Case) throws {
    let run = try run(reference)
    try run.train()
    #expect(run.history.trainLoss.count == reference.losses.count)
    for (ours, theirs) in zip(run.history.trainLoss, reference.losses) {
      #expect(abs(ours - theirs) < 1e-4 * max(1, abs(theirs)))
    }
    #expect(largestDifference(run.lastModel.parameters, reference.last) < 2e-3)
    for (ours, theirs) in zip(run.history.learningRate, reference.rates) {
      #expect(abs(ours - theirs) <= 1e-8 + 1e-6 * theirs)
    }
    if let outputs = reference.outputs {
      #expect(largestDifference(run.lastModel.outputs(Oracle.shared.rows), outputs) < 1e-3)
    }
  }

  @Test func `plateau cuts where PyTorch cuts, at every edge`() throws {
    for reference in Oracle.shared.plateaus {
      var schedule = try Schedules.schedule(
        Call("plateau", reference.options), ScheduleHorizon(learningRate: 1, epochs: reference.losses.count))
      for (epoch, loss) in reference.losses.enumerated() {
        #expect(abs(schedule.rate(.init(epoch: epoch, update: epoch)).rate - reference.rates[epoch]) < 1e-12)
        schedule.observe(loss)
      }
    }
  }

  private func run(_ reference: Oracle.Case) throws -> TrainingRun {
    try TrainingRun(
      reference.network, reference.plan, data: try Oracle.shared.data(reference.task), initialWeights: reference.initial
    )
  }

  private func largestDifference(_ a: [Float], _ b: [Float]) -> Float {
    a.count == b.count ? zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) } : .infinity
  }
}
