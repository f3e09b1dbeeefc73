extension ImportanceChart {
  package var plot: Plot {
    let known = shares.filter { $0.value.isFinite }
    let sorted = known.enumerated().sorted {
      ($1.element.value, $0.offset) < ($0.element.value, $1.offset)
    }.map(\.element)
    let bars = sorted.enumerated().map { index, share in
      Bar(at: Double(index), to: max(share.value, 0), isHorizontal: true)
    }
    var layers = [Layer(nil, .bars(bars), ink: Ink(.blue))]
    for (index, share) in sorted.enumerated() {
      let spread = share.reach - max(share.value, 0)
      guard spread > 0 else { continue }
      let row = Double(index)
      layers.append(
        Layer(
          nil, .line(x: [max(0, share.value - spread), share.value + spread], y: [row, row]),
          ink: Ink(.black, mark: nil, width: 1.2)))
    }
    // Beyond the bar and its spread.
    let labels = sorted.enumerated().map { index, share in
      Label(label(share), x: share.reach, y: Double(index), dx: 6, dy: 3.8)
    }
    layers.append(Layer(nil, .labels(labels), ink: Ink(.text)))
    let reach = sorted.map(\.reach).max() ?? 1
    return Plot(
      title: "Importance for \(objective)",
      subtitle: method.isEmpty ? nil : "share of the variation that each parameter explains, by \(method)",
      panels: sorted.isEmpty
        ? []
        : [
          Panel(
            x: Axis("importance", range: 0...max(reach * 1.18, 1e-6)),
            y: Axis("", scale: .categories(sorted.map(\.name)), isReversed: true), layers: layers)
        ],
      remarks: sorted.prefix(5).map { "\($0.name) \(Number.fixed($0.value, decimals: 2))" },
      emptyMessage: "nothing to draw yet: importance needs some finished trials")
  }

  private func label(_ share: Share) -> String {
    let value = share.value < 0.005 && share.value > 0 ? "<0.01" : Number.fixed(share.value, decimals: 2)
    guard let spread = share.spread, spread.isFinite, spread > 0 else { return value }
    return value + " \u{B1} " + Number.fixed(spread, decimals: 2)
  }
}

extension ImportanceChart.Share {
  /// Where the bar and its spread end.
  fileprivate var reach: Double {
    let spread = spread.map { $0.isFinite ? max($0, 0) : 0 } ?? 0
    return max(value, 0) + spread
  }
}
