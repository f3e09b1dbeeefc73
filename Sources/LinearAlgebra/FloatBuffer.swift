/// Floats at a fixed, aligned address for as long as it lives: what loops and BLAS share between threads.
///
/// Who writes where at which time is the owner's to arrange.
package final class FloatBuffer: @unchecked Sendable {
  package let base: UnsafeMutablePointer<Float>
  package let count: Int

  /// Zeros, aligned to a cache line.
  package init(count: Int) {
    let raw = UnsafeMutableRawPointer.allocate(byteCount: max(count, 1) * 4, alignment: 64)
    base = raw.bindMemory(to: Float.self, capacity: max(count, 1))
    base.initialize(repeating: 0, count: max(count, 1))
    self.count = count
  }

  package convenience init(_ values: [Float]) {
    self.init(count: values.count)
    set(values)
  }

  deinit { UnsafeMutableRawPointer(base).deallocate() }

  package var values: [Float] { Array(UnsafeBufferPointer(start: base, count: count)) }

  package func set(_ values: [Float]) {
    precondition(values.count == count, "a buffer of \(count) cannot take \(values.count) values")
    guard count > 0 else { return }
    values.withUnsafeBufferPointer { base.update(from: $0.baseAddress!, count: count) }
  }
}
