import Datasets

/// Two features of a network's data, over which its predictions are drawn.
package struct FeaturePlane: Sendable {
  package let x: Feature
  package let y: Feature

  /// A number among the network's inputs.
  package struct Feature: Sendable {
    package let name: String
    /// Its values, a row each of the examples; NaN if missing.
    package let values: [Double]
    /// Where it is among the inputs.
    fileprivate let place: Int
    fileprivate let column: NumberInput?

    /// What the network is given for a value.
    fileprivate func write(_ value: Double, into inputs: inout [Float]) {
      guard let column else {
        inputs[place] = Float(value)
        return
      }
      inputs[place] = Float(column.scale(value))
      if column.hasGaps { inputs[place + 1] = 0 }
    }

    fileprivate var width: Int { column?.hasGaps == true ? 2 : 1 }
  }

  /// Inputs that are not of the two features.
  package let others: Int
}

extension TrainedModel {
  /// The features that can be on an axis: of a table its columns of numbers.
  package func planeFeatures(_ data: Dataset) -> [String] {
    guard let encoding else { return (0..<architecture.inputs).map(data.examples.inputName) }
    return encoding.columns.compactMap { if case .number(let input) = $0 { input.name } else { nil } }
  }

  /// Two features of the data by name. Throws `TrainingError` if the data does not suit the network.
  package func plane(_ data: Dataset, x: String, y: String) throws -> FeaturePlane? {
    let examples = try examples(of: data)
    guard let x = feature(x, examples), let y = feature(y, examples) else { return nil }
    return FeaturePlane(x: x, y: y, others: architecture.inputs - x.width - y.width)
  }

  private func feature(_ name: String, _ examples: Examples) -> FeaturePlane.Feature? {
    guard let encoding, let table = examples.table else {
      guard let place = (0..<examples.columns).first(where: { examples.inputName($0) == name }) else { return nil }
      let values = (0..<examples.rows).map { Double(examples.row($0)[place]) }
      return .init(name: name, values: values, place: place, column: nil)
    }
    var place = 0
    for column in encoding.columns {
      if case .number(let input) = column, input.name == name, let index = try? table.column(name),
        case .numbers(let numbers) = table.columns[index].values
      {
        return .init(name: name, values: numbers, place: place, column: input)
      }
      place += column.inputNames.count
    }
    return nil
  }

  /// Predictions over a grid of two features, row by row from the least y; every other input stays at its mean over the
  /// training rows, of a category the shares of its texts.
  package func predictions(
    over plane: FeaturePlane, _ data: Dataset, xs: [Double], ys: [Double], threads: Int = 1
  ) throws -> Predictions {
    var inputs = try means(data)
    var grid: [Float] = []
    grid.reserveCapacity(xs.count * ys.count * inputs.count)
    for y in ys {
      plane.y.write(y, into: &inputs)
      for x in xs {
        plane.x.write(x, into: &inputs)
        grid += inputs
      }
    }
    return predictions(.floats(grid), rows: xs.count * ys.count, threads: threads)
  }

  private func means(_ data: Dataset) throws -> [Float] {
    let examples = try examples(of: data)
    let rows = data.training.isEmpty ? (0..<Int32(examples.rows)).map { $0 } : data.training
    var sums = [Double](repeating: 0, count: architecture.inputs)
    for row in rows {
      for (index, value) in examples.row(Int(row)).enumerated() { sums[index] += Double(value) }
    }
    return sums.map { Float($0 / Double(max(rows.count, 1))) }
  }
}
