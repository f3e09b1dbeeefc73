import Datasets

/// Brings rows of a dataset into a batch: bytes become floats and are standardised on the way, in one pass.
///
/// Keeps (x - center) * factor for every feature: subtracting first loses nothing where the mean is large.
struct RowGathering {
  private let examples: Examples
  private let columns: Int
  private let isScaled: Bool
  private let factors: [Float]
  private let centers: [Float]

  init(_ examples: Examples, _ scaling: Scaling) {
    self.examples = examples
    columns = examples.columns
    isScaled = !scaling.mean.isEmpty
    let unit: Float = if case .bytes(_, let unit) = examples.values { unit } else { 1 }
    let means = Self.spread(scaling.mean, columns, 0)
    let deviations = Self.spread(scaling.deviation, columns, 1)
    factors = deviations.map { unit / $0 }
    centers = means.map { $0 / unit }
  }

  private static func spread(_ values: [Float], _ columns: Int, _ standard: Float) -> [Float] {
    values.isEmpty
      ? .init(repeating: standard, count: columns)
      : values.count == 1 ? .init(repeating: values[0], count: columns) : values
  }

  /// Writes the rows one after the other to `target`.
  func gather(_ rows: UnsafeBufferPointer<Int32>, into target: UnsafeMutablePointer<Float>) {
    factors.withUnsafeBufferPointer { factors in
      centers.withUnsafeBufferPointer { centers in
        let (factor, center) = (factors.baseAddress!, centers.baseAddress!)
        switch examples.values {
        case .bytes(let bytes, _):
          bytes.withUnsafeBufferPointer { source in
            for (place, row) in rows.enumerated() {
              Self.scale(source.baseAddress! + Int(row) * columns, factor, center, target + place * columns, columns)
            }
          }
        case .floats(let floats):
          floats.withUnsafeBufferPointer { source in
            for (place, row) in rows.enumerated() {
              Self.scale(source.baseAddress! + Int(row) * columns, factor, center, target + place * columns, columns)
            }
          }
        case .table(let table):
          for (place, row) in rows.enumerated() {
            let line = target + place * columns
            table.write(Int(row), into: line)
            // Files of older versions scale behind the encoding.
            if isScaled { Self.scale(line, factor, center, line, columns) }
          }
        }
      }
    }
  }

  private static func scale(
    _ source: UnsafePointer<UInt8>, _ factor: UnsafePointer<Float>, _ center: UnsafePointer<Float>,
    _ target: UnsafeMutablePointer<Float>, _ count: Int
  ) {
    for j in 0..<count { target[j] = (Float(source[j]) - center[j]) * factor[j] }
  }

  private static func scale(
    _ source: UnsafePointer<Float>, _ factor: UnsafePointer<Float>, _ center: UnsafePointer<Float>,
    _ target: UnsafeMutablePointer<Float>, _ count: Int
  ) {
    for j in 0..<count { target[j] = (source[j] - center[j]) * factor[j] }
  }
}
