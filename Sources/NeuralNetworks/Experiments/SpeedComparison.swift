import Datasets
import Foundation
import LinearAlgebra

/// What `bench` shows: why a layer is computed as a matrix product.
package struct SpeedComparison: Sendable {
  package struct Line: Sendable {
    package var name: String
    package var samplesPerSecond: Double
    /// Floating-point operations a second of the training's products.
    package var flops: Double
    /// Of the measured peak of as many threads.
    package var shareOfPeak: Double
  }

  package let lines: [Line]
  /// Operations a second of large single-precision products, on one thread and on all.
  package let peak: (one: Double, all: Double)
  package let threads: Int

  /// Takes about `seconds` for each of its five measurements.
  package init(
    _ network: NetworkDescription, _ plan: TrainingPlan, data: Dataset, threads: Int, seconds: Double = 0.5,
    isCancelled: @Sendable () -> Bool = { false }
  ) throws {
    self.threads = threads
    BLAS.prepare()
    let one = try Self.peak(threads: 1, seconds: seconds, isCancelled)
    let all = threads > 1 ? try Self.peak(threads: threads, seconds: seconds, isCancelled) : one
    peak = (one, all)
    var lines: [Line] = []
    func add(_ name: String, _ speed: Double, _ architecture: Architecture, of peak: Double) {
      let flops = speed * architecture.flopsPerSample
      lines.append(Line(name: name, samplesPerSecond: speed, flops: flops, shareOfPeak: flops / peak))
    }
    let first = try TrainingRun(network, plan, data: data, threads: 1)
    if isCancelled() { throw TrainingCancelled() }
    let loops = PlainLoops(first.architecture, parameters: first.engine.parameters.values)
    add("plain loops", try loops.samplesPerSecond(data, seconds: seconds, isCancelled), first.architecture, of: one)
    add("one core", try Self.speed(first, seconds: seconds, isCancelled), first.architecture, of: one)
    if threads > 1 {
      let team = try TrainingRun(network, plan, data: data, threads: threads)
      add("\(threads) cores", try Self.speed(team, seconds: seconds, isCancelled), team.architecture, of: all)
    }
    self.lines = lines
  }

  private static func speed(_ run: TrainingRun, seconds: Double, _ isCancelled: () -> Bool) throws -> Double {
    _ = run.trainOneBatch(rate: 1e-4)
    let clock = ContinuousClock()
    let start = clock.now
    var rows = 0
    while (clock.now - start) / .seconds(1) < seconds {
      if isCancelled() { throw TrainingCancelled() }
      rows += run.rowsOfNextBatch
      _ = run.trainOneBatch(rate: 1e-4)
    }
    return Double(rows) / ((clock.now - start) / .seconds(1))
  }

  /// The best of repeated 512 x 512 x 512 products on each thread, by OpenBLAS and by our own strips in turn.
  private static func peak(threads: Int, seconds: Double, _ isCancelled: () -> Bool) throws -> Double {
    let size = 512
    let operands = (0..<threads).map { _ in (0..<3).map { _ in FloatBuffer(count: size * size) } }
    for operand in operands {
      for buffer in operand { for i in 0..<buffer.count { buffer.base[i] = Float(i % 7) * 0.1 } }
    }
    let team = WorkerTeam(threads: threads) { piece, thread in
      let (a, b, c) = (operands[thread][0], operands[thread][1], operands[thread][2])
      for _ in 0..<4 {
        if piece == 0 {
          BLAS.multiply(
            a.base, stride: size, b.base, stride: size, into: c.base, stride: size, m: size, n: size, k: size)
        } else {
          MatrixProduct.multiply(
            a.base, stride: size, b.base, stride: size, into: c.base, stride: size, m: size, n: size, k: size)
        }
      }
    }
    for piece in 0...1 { team.run(piece) }
    let clock = ContinuousClock()
    let start = clock.now
    var best = 0.0
    var rounds = 0
    while (clock.now - start) / .seconds(1) < seconds {
      if isCancelled() { throw TrainingCancelled() }
      let before = clock.now
      team.run(rounds % 2)
      rounds += 1
      best = max(best, Double(threads * 4 * 2 * size * size * size) / ((clock.now - before) / .seconds(1)))
    }
    return best
  }
}

extension Architecture {
  /// Operations of one sample's training: forward, and backward by weights and by inputs (not for the first layer).
  package var flopsPerSample: Double {
    layers.enumerated().reduce(0) { $0 + Double($1.element.weight.count) * ($1.offset == 0 ? 4 : 6) }
  }
}

/// A training step written as one would by hand: a loop for every sum, one sample at a time, plain gradient descent.
private struct PlainLoops {
  let architecture: Architecture
  var parameters: [Float]

  init(_ architecture: Architecture, parameters: [Float]) {
    self.architecture = architecture
    self.parameters = parameters
  }

  func samplesPerSecond(_ data: Dataset, seconds: Double, _ isCancelled: () -> Bool) throws -> Double {
    var copy = self
    let clock = ContinuousClock()
    let start = clock.now
    var rows = 0
    while (clock.now - start) / .seconds(1) < seconds {
      if isCancelled() { throw TrainingCancelled() }
      let row = Int(data.training[rows % data.training.count])
      var input = data.examples.row(row)
      data.scaling.apply(&input, columns: input.count)
      let target: Float
      switch data.examples.targets {
      case .classes(let classes): target = Float(classes[row])
      case .numbers(let numbers, let width): target = Float(data.targetScaling.encode(numbers[row * width], 0))
      }
      copy.step(input, target: target, isClass: data.task == .classification)
      rows += 1
    }
    return Double(rows) / ((clock.now - start) / .seconds(1))
  }

  private mutating func step(_ input: [Float], target: Float, isClass: Bool) {
    var activations = [input]
    for (index, layer) in architecture.layers.enumerated() {
      var output = [Float](repeating: 0, count: layer.outputs)
      for neuron in 0..<layer.outputs {
        var sum = parameters[layer.bias.lowerBound + neuron]
        for k in 0..<layer.inputs {
          sum += parameters[layer.weight.lowerBound + neuron * layer.inputs + k] * activations[index][k]
        }
        output[neuron] = index == architecture.layers.count - 1 ? sum : max(0, sum)
      }
      activations.append(output)
    }
    var delta = activations.last!
    for neuron in delta.indices {
      let wanted: Float = isClass && delta.count > 1 ? (neuron == Int(target) ? 1 : 0) : target
      delta[neuron] = 1e-6 * (delta[neuron] - wanted)
    }
    for index in architecture.layers.indices.reversed() {
      let layer = architecture.layers[index]
      var below = [Float](repeating: 0, count: layer.inputs)
      for neuron in 0..<layer.outputs {
        let row = layer.weight.lowerBound + neuron * layer.inputs
        for k in 0..<layer.inputs {
          if index > 0 { below[k] += delta[neuron] * parameters[row + k] }
          parameters[row + k] -= delta[neuron] * activations[index][k]
        }
        parameters[layer.bias.lowerBound + neuron] -= delta[neuron]
      }
      for k in below.indices where activations[index][k] <= 0 { below[k] = 0 }
      delta = below
    }
  }
}
