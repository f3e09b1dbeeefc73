/// The common form of loss and accuracy: a pair of curves a run over epochs, the kept epoch marked.
struct CurvesPlot {
  enum Better {
    case lower, higher
  }

  var title: String
  /// What each run's curves measure: runs of different quantities have panels of their own.
  var quantities: [String]
  var runs: [RunCurves]
  var format: Axis.Format
  var epochs: Int?
  var better: Better

  var plot: Plot {
    let panels = quantities.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }.map(panel)
    return Plot(
      title: title, panels: panels, remarks: remarks, emptyMessage: "nothing to draw yet: no epoch has finished")
  }

  private func panel(of quantity: String) -> Panel {
    let shown = runs.indices.filter { quantities[$0] == quantity }
    let y = Axis(quantity, scale: isLog(shown) ? .log : .linear, format: format, range: nil)
    return Panel(x: epochAxis, y: y, layers: layers(shown))
  }

  /// A loss that falls through more than two decades would be a line on the floor on a linear axis.
  private func isLog(_ shown: [Int]) -> Bool {
    guard better == .lower else { return false }
    let values = shown.flatMap { runs[$0].train + runs[$0].validation }.filter(\.isFinite)
    guard let low = values.min(), let high = values.max(), low > 0 else { return false }
    return high / low > 100
  }

  private var epochAxis: Axis {
    let last = max(epochs ?? 1, runs.map { max($0.train.count, $0.validation.count) }.max() ?? 1)
    return Axis("epoch", format: .whole, range: last > 1 ? 1...Double(last) : nil)
  }

  private func layers(_ shown: [Int]) -> [Layer] {
    var layers: [Layer] = []
    for index in shown {
      let run = runs[index]
      let name = runs.count == 1 ? "" : run.name + " "
      var train = runs.count == 1 ? Ink.series(0) : Ink.series(index)
      var validation = runs.count == 1 ? Ink.series(1) : train
      train.dash = .solid
      validation.dash = .dashed
      layers.append(Layer(name + "train", .line(x: Self.axis(run.train.count), y: run.train), ink: train))
      if !run.validation.isEmpty {
        layers.append(
          Layer(name + "validation", .line(x: Self.axis(run.validation.count), y: run.validation), ink: validation))
      }
      if let best = run.bestEpoch, let value = Self.value(of: run, at: best) {
        var ink = validation
        ink.mark = .star
        layers.append(Layer("best epoch", .points(x: [Double(best)], y: [value]), ink: ink))
      }
    }
    return layers
  }

  private static func value(of run: RunCurves, at epoch: Int) -> Double? {
    let values = run.validation.isEmpty ? run.train : run.validation
    return epoch >= 1 && epoch <= values.count ? values[epoch - 1] : nil
  }

  private var remarks: [String] {
    zip(runs, quantities).compactMap { run, quantity in
      let values = run.validation.isEmpty ? run.train : run.validation
      guard let last = values.last else { return nil }
      let kind = run.validation.isEmpty ? "training" : "validation"
      return "\(run.name): \(kind) \(quantity) \(AxisText.value(last, format)) after \(values.count) epochs"
    }
  }

  private static func axis(_ count: Int) -> [Double] { (0..<count).map { Double($0 + 1) } }
}
