import NeuralNetworks
import Testing
import Vocabulary

#if canImport(Glibc)
  import Glibc
#endif

/// The optimizer of `docs/contributing/add-an-optimizer.md`.
@Suite struct AdamaxTests {
  /// Parameters after updates 1, 2 and 5, by torch.optim.Adamax's formula in NumPy's double precision: three parameters that
  /// begin at 1, -2, 0.5; gradients sin t, 2 cos t, -0.3 t; weight decay 0.1.
  static let reference: [Int: [Float]] = [
    1: [0.9980000000, -2.0020000000, 0.5020000000], 2: [0.9960634896, -2.0017553704, 0.5034834101],
    5: [0.9940030518, -1.9993082129, 0.5073722808],
  ]

  @Test func `updates are the formula's to 1e-6`() {
    let optimizer = Adamax(Call("adamax"))
    var parameters: [Float] = [1, -2, 0.5]
    var state = [Float](repeating: optimizer.initialState, count: optimizer.slots * 3)
    for number in 1...5 {
      let t = Double(number)
      let gradient = [Float(sin(t)), Float(2 * cos(t)), Float(-0.3 * t)]
      parameters.withUnsafeMutableBufferPointer { p in
        gradient.withUnsafeBufferPointer { g in
          state.withUnsafeMutableBufferPointer { s in
            optimizer.update(
              UpdatePlace(
                parameters: p.baseAddress!, gradient: g.baseAddress!, state: s.baseAddress!, stride: 3, count: 3),
              UpdateStep(number: number, rate: Adamax.defaultLearningRate, decay: 0.1, l1: 0))
          }
        }
      }
      for (ours, theirs) in zip(parameters, Self.reference[number] ?? parameters) { #expect(abs(ours - theirs) < 1e-6) }
    }
  }
}
