extension BorderChart {
  /// Classes with a colour and a mark of their own.
  private static let mostClasses = 50

  package var plot: Plot {
    let isDrawn = x.count > 1 && y.count > 1
    var layers: [Layer] = []
    var scale: ColorScale?
    switch surface {
    case .classes(let shares, let names): layers = isDrawn ? regions(shares, names) + points(names) : []
    case .numbers(let values, let name):
      let known = (values.joined() + rows.numbers).filter(\.isFinite)
      if isDrawn, let low = known.min(), let high = known.max() {
        scale = ColorScale(name, range: low...high)
        layers = [
          Layer(nil, .contours(Grid(x: x, y: y, values: values)), ink: Ink(.grey)),
          Layer("rows", .points(x: rows.x, y: rows.y, values: rows.numbers), ink: Ink(.black)),
        ]
      }
    }
    return Plot(
      title: "\(isNumber ? "Predictions" : "Border") of \(judged.run)",
      subtitle: judged.text
        + (others == 0 ? "" : "; \(Number.count(others)) other input\(others == 1 ? "" : "s") at the training means"),
      panels: layers.isEmpty
        ? []
        : [
          Panel(
            x: Axis(xName, range: x[0]...max(x[0], x[x.count - 1])),
            y: Axis(yName, range: y[0]...max(y[0], y[y.count - 1])), layers: layers)
        ], colorScale: scale, emptyMessage: "nothing to draw: the features have no range", height: 360)
  }

  private var isNumber: Bool { if case .numbers = surface { true } else { false } }

  /// Where each class is the likeliest, paler than its rows. The one of the largest region is the ground, so that no gap shows
  /// where three meet; of many classes the smallest regions are grey.
  private func regions(_ shares: [[[Double]]], _ names: [String]) -> [Layer] {
    let cells = shares.joined()
    let winners = cells.compactMap { cell in cell.indices.max { cell[$0] < cell[$1] } }.filter(names.indices.contains)
    let sizes = Dictionary(winners.map { ($0, 1) }, uniquingKeysWith: +)
    let classes = sizes.keys.sorted { (sizes[$1] ?? 0, $0) < (sizes[$0] ?? 0, $1) }
    guard let largest = classes.first else { return [] }
    let isGround = classes.count > Self.mostRegions
    let ground = shares.map { $0.map { _ in 1.0 } }
    return [region(ground, isGround ? Ink(.grey) : .series(largest))]
      + classes.prefix(Self.mostRegions).dropFirst(isGround ? 0 : 1).map { index in
        let values = shares.map { $0.map { Self.lead(of: index, $0) } }
        return region(values, .series(index))
      }
  }

  private static let mostRegions = 30

  private func region(_ values: [[Double]], _ ink: Ink) -> Layer {
    Layer(nil, .region(Grid(x: x, y: y, values: values)), ink: ink)
  }

  /// How far a class is ahead of the best other one; below 0 behind it.
  private static func lead(of index: Int, _ cell: [Double]) -> Double {
    guard cell.indices.contains(index) else { return .nan }
    return cell.indices.reduce(2) { $1 == index ? $0 : min($0, cell[index] - cell[$1]) }
  }

  private func points(_ names: [String]) -> [Layer] {
    let count = min(rows.x.count, rows.y.count, rows.classes.count)
    let members = Dictionary(grouping: 0..<count, by: { rows.classes[$0] })
    let classes = members.keys.sorted()
    func layer(_ name: String, _ places: [Int], _ ink: Ink) -> Layer {
      Layer(name, .points(x: places.map { rows.x[$0] }, y: places.map { rows.y[$0] }), ink: ink)
    }
    let others = classes.dropFirst(Self.mostClasses)
    let rest = layer(
      "\(Number.count(others.count)) more classes", others.flatMap { members[$0] ?? [] }, Ink(.grey, opacity: 0.5))
    return (others.isEmpty ? [] : [rest])
      + classes.prefix(Self.mostClasses).map { index in
        layer(names.indices.contains(index) ? names[index] : "class \(index)", members[index] ?? [], .series(index))
      }
  }
}
