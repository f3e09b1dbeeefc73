extension Activation {
  /// Its values and slopes at some inputs, as a network computes them.
  package func curve(at inputs: [Double]) -> (values: [Double], slopes: [Double]) {
    var values = inputs.map(Float.init)
    var slopes = [Float](repeating: 0, count: values.count)
    let zeros = slopes
    values.withUnsafeMutableBufferPointer { values in
      slopes.withUnsafeMutableBufferPointer { slopes in
        zeros.withUnsafeBufferPointer { zeros in
          guard let z = values.baseAddress, let slope = slopes.baseAddress, let bias = zeros.baseAddress else { return }
          apply(z, bias: bias, slope: slope, rows: 1, width: values.count, stride: values.count)
        }
      }
    }
    return (values.map(Double.init), slopes.map(Double.init))
  }
}
