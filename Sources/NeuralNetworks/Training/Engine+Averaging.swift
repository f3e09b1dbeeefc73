import LinearAlgebra

/// Weights that are judged in place of those that are trained: running means, and schedule-free's x.
extension Engine {
  /// Whether the judged weights are others.
  var hasJudgedWeights: Bool { judged.count > 0 }

  /// A thread's part of the running means, batch normalisation's statistics behind the parameters.
  func averagePart(_ thread: Int) {
    let (count, means) = (parameters.count, judged.base)
    let part = (thread * count / threads)..<((thread + 1) * count / threads)
    let keep = step.number == 1 ? 0 : Float(rules.averaging ?? 0)
    mix(part, keep: keep)
    guard thread == 0 else { return }
    for k in 0..<statistics.count {
      let mean = means[count + k]
      means[count + k] = statistics.base[k] + keep * (mean - statistics.base[k])
    }
  }

  /// judged = x + keep (judged - x), x the optimizer's evaluation point.
  private func mix(_ range: Range<Int>, keep: Float) {
    let (means, p) = (judged.base, parameters.base)
    let shift = rules.optimizer.judgedShift
    guard shift != 0 else {
      for i in range { means[i] = p[i] + keep * (means[i] - p[i]) }
      return
    }
    let z = state.base
    for i in range {
      let x = p[i] + shift * (z[i] - p[i])
      means[i] = x + keep * (means[i] - x)
    }
  }

  /// Puts the judged weights and statistics where evaluation reads them; a second call puts them back.
  func exchangeJudged() {
    let count = parameters.count
    for i in 0..<count { swap(&parameters.base[i], &judged.base[i]) }
    for k in 0..<statistics.count { swap(&statistics.base[k], &judged.base[count + k]) }
  }

  /// What is to be judged where no running mean has followed: the optimizer's own point.
  func takeOwnPoint() {
    mix(0..<parameters.count, keep: 0)
    (judged.base + parameters.count).update(from: statistics.base, count: statistics.count)
  }

  /// Means and variances of the batches' sums with the present weights, averaged over them: what running statistics would be
  /// had all updates been made with these.
  func measureStatistics(_ batches: [UnsafeBufferPointer<Int32>]) {
    var done: Float = 0
    for rows in batches where rows.count > 1 {
      done += 1
      passForward(rows, place: 0)
      let unbiased = Float(rows.count) / Float(rows.count - 1)
      for (index, layer) in architecture.layers.enumerated() where layer.isBatchNormalised {
        let (bias, mean) = (parameters.base + layer.bias.lowerBound, workspace.batchMoments[index].base)
        let means = statistics.base + layer.runningMean.lowerBound
        let variances = statistics.base + layer.runningVariance.lowerBound
        for j in 0..<layer.outputs {
          means[j] += (mean[j] + bias[j] - means[j]) / done
          variances[j] += (mean[layer.outputs + j] * unbiased - variances[j]) / done
        }
      }
    }
  }
}
