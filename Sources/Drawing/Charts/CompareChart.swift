/// What a setting does to the result of runs.
package struct CompareChart: Chart {
  package static let name = "compare"
  package static let help = "a run's loss or metric over one of its settings"

  package struct Point: Sendable {
    package var run: String
    /// The setting's value as it is typed, and as a number if it is one.
    package var value: String
    package var number: Double?
    package var result: Double
    /// What else sets the run apart; runs of one series are joined.
    package var series: String

    package init(run: String, value: String, number: Double? = nil, result: Double, series: String = "") {
      (self.run, self.value, self.number) = (run, value, number)
      (self.result, self.series) = (result, series)
    }
  }

  package var setting: String
  package var quantity: String
  package var isShare: Bool
  package var points: [Point]
  /// The run that is best; nil if they cannot be compared.
  package var best: String?
  /// Why not.
  package var note: String?

  package init(
    setting: String, quantity: String, isShare: Bool = false, points: [Point], best: String? = nil, note: String? = nil
  ) {
    (self.setting, self.quantity, self.isShare) = (setting, quantity, isShare)
    (self.points, self.best, self.note) = (points, best, note)
  }

  package func draw() -> Picture { plot.draw() }

  package var plot: Plot {
    let known = points.filter { $0.result.isFinite }
    let left = points.count - known.count
    let notes = [note, left > 0 ? "\(left) run\(left == 1 ? "" : "s") without a finite value" : nil].compactMap { $0 }
    let axis = Axes(known)
    let series = Dictionary(grouping: known, by: \.series)
    var names: [String] = []
    for point in known where !names.contains(point.series) { names.append(point.series) }
    var layers = names.enumerated().map { index, name in
      let members = (series[name] ?? []).sorted { axis.place($0) < axis.place($1) }
      let (x, y) = (members.map(axis.place), members.map(\.result))
      return Layer(
        names.count == 1 ? nil : name.isEmpty ? "the others" : name,
        axis.isNumeric && members.count > 1 ? .line(x: x, y: y) : .points(x: x, y: y), ink: .series(index))
    }
    if let winner = known.first(where: { $0.run == best }) {
      layers.append(
        Layer(
          "best: \(winner.run)", .points(x: [axis.place(winner)], y: [winner.result]),
          ink: Ink(.vermillion, mark: .star)))
    }
    return Plot(
      title: "\(quantity) by \(setting)", subtitle: notes.isEmpty ? nil : notes.joined(separator: "; "),
      panels: known.isEmpty
        ? []
        : [Panel(x: axis.axis(setting), y: Axis(quantity, format: isShare ? .percent : .number), layers: layers)],
      remarks: known.prefix(12).map {
        "\(Description.short($0.value)): \(AxisText.value($0.result, isShare ? .percent : .number))"
      }, emptyMessage: "nothing to draw yet: no run has a finite \(quantity)", marks: "run")
  }

  /// Where values are: numbers at themselves, others side by side.
  private struct Axes {
    let isNumeric: Bool
    private let names: [String]
    private let places: [String: Double]
    private let isLog: Bool

    init(_ points: [Point]) {
      let numbers = points.compactMap(\.number).filter(\.isFinite)
      isNumeric = numbers.count == points.count && Set(numbers).count > 1
      let (low, high) = (numbers.min() ?? 0, numbers.max() ?? 0)
      isLog = low > 0 && high / low > 20
      var seen: Set<String> = []
      names = points.map(\.value).filter { seen.insert($0).inserted }
      places = Dictionary(names.enumerated().map { ($1, Double($0)) }) { first, _ in first }
    }

    func place(_ point: Point) -> Double { isNumeric ? point.number ?? .nan : places[point.value] ?? .nan }

    func axis(_ name: String) -> Axis {
      isNumeric ? Axis(name, scale: isLog ? .log : .linear) : Axis(name, scale: .categories(names))
    }
  }
}
