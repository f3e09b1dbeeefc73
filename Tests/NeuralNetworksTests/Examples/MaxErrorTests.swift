import NeuralNetworks
import Testing
import Vocabulary

/// The metric of `docs/contributing/add-a-metric.md`.
@Suite struct MaxErrorTests {
  /// scikit-learn: max_error([3, 2, 7, 1], [4, 2, 7.25, 1]) is 1.
  @Test func `the value is scikit-learn's`() {
    let scores = Scores(
      outputs: [4, 2, 7.25, 1], width: 1, classes: [], numbers: [3, 2, 7, 1], classCount: 0, loss: 0)
    #expect(Metrics.maxError.value(Call("max_error"), scores) == 1)
  }
}
