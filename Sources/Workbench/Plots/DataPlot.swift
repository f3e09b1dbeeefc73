import Datasets
import Drawing
import Language

extension PlotKind {
  /// Sample images of each class, or the rows over two features.
  static let data = PlotKind(DataChart.self, .features) { request in
    guard let data = request.session.data else {
      throw Diagnostic("there is no data yet", at: request.invocation.span, hint: "for example: data digits")
    }
    let dataset = data.dataset
    if let shape = dataset.imageShape, shape.channels >= 1 {
      try request.takesNothing()
      return DataChart(
        dataset: dataset.name,
        content: .images(samples(dataset), width: shape.width, height: shape.height)
      ).draw()
    }
    if request.subjects.count == 1, let column = dataset.column(named: request.subjects[0].value.text ?? "") {
      return DataChart(dataset: dataset.name, content: .column(values(column, dataset))).draw()
    }
    return DataChart(dataset: dataset.name, content: .scatter(try scatter(dataset, request))).draw()
  }

  /// A few training images of every class, in grey, the classes in turn: a picture that shows only the first ones shows
  /// them all.
  private static func samples(_ dataset: Dataset) -> [DataChart.Sample] {
    guard case .classes(let classes) = dataset.examples.targets else { return [] }
    let perClass = max(1, min(10, 100 / max(dataset.classCount, 1)))
    var taken = [[Int32]](repeating: [], count: dataset.classCount)
    for row in dataset.training {
      let index = Int(classes[Int(row)])
      if taken[index].count < perClass { taken[index].append(row) }
    }
    return (0..<perClass).flatMap { place in
      taken.enumerated().compactMap { index, rows in
        guard place < rows.count else { return nil }
        let pixels = dataset.imageShape.map { $0.grey(dataset.examples.row(Int(rows[place]))) } ?? []
        let highest = max(pixels.max() ?? 1, 1e-6)
        return DataChart.Sample(pixels: pixels.map { $0 / highest }, label: dataset.classNames[index])
      }
    }
  }

  /// A column's values over all rows, by class where there are classes.
  private static func values(_ column: DataColumn, _ dataset: Dataset) -> DataChart.Column {
    var content = DataChart.Column(name: column.name)
    switch column.values {
    case .numbers(let numbers): (content.numbers, content.isDates) = (numbers, column.kind == .date)
    case .codes(let codes, let dictionary): (content.codes, content.texts) = (codes.map { Int($0) }, dictionary)
    }
    if case .classes(let classes) = dataset.examples.targets, column.role != .target, dataset.classCount <= 10 {
      (content.classes, content.classNames) = (classes.map { Int($0) }, dataset.classNames)
    }
    return content
  }

  /// An input in some rows: of a column of numbers in its own unit, NaN if missing.
  private static func values(of name: String, at place: Int, _ dataset: Dataset, _ rows: [Int]) -> [Double] {
    if let column = dataset.examples.table?.columns.first(where: { $0.name == name && $0.kind == .number }),
      case .numbers(let numbers) = column.values
    {
      return rows.map { numbers[$0] }
    }
    return rows.map { Double(dataset.examples.row($0)[place]) }
  }

  private static func scatter(_ dataset: Dataset, _ request: PlotRequest) throws -> DataChart.Scatter {
    let names = (0..<dataset.featureCount).map {
      dataset.featureNames.indices.contains($0) ? dataset.featureNames[$0] : "x\($0)"
    }
    let axes = try request.subjects.map { subject in
      guard let index = names.firstIndex(of: subject.value.text ?? "") else {
        throw Diagnostic(
          "the data has no feature '\(subject.value)'", at: subject.span,
          hint: Suggestion.hint(for: subject.value.description, among: names))
      }
      return index
    }
    let x = axes.first ?? 0
    let y = axes.count > 1 ? axes[1] : min(1, names.count - 1)
    var rows = dataset.training.prefix(2_000).map { Int($0) }
    let all = [x, y].map { values(of: names[$0], at: $0, dataset, rows) }
    let places = rows.indices.filter { !all[0][$0].isNaN && !all[1][$0].isNaN }
    rows = places.map { rows[$0] }
    var scatter = DataChart.Scatter(
      x: places.map { all[0][$0] }, y: places.map { all[1][$0] }, xName: names[x], yName: names[y],
      classNames: dataset.classNames, targetName: dataset.examples.targetName)
    switch dataset.examples.targets {
    case .classes(let classes): scatter.classes = rows.map { Int(classes[$0]) }
    case .numbers(let numbers, let width): scatter.targets = rows.map { numbers[$0 * width] }
    }
    return scatter
  }
}
