import Drawing

/// Charts from hard inputs: nothing, one point, constants, huge, tiny, not finite, many, long and foreign names.
enum NastyCharts {
  /// A chart with a name for the report of a failure.
  typealias Case = (name: String, chart: any Chart)

  static let series: [(name: String, values: [Double])] = {
    var list: [(name: String, values: [Double])] = []
    list.append(("one", [0.5]))
    list.append(("two", [1, 2]))
    list.append(("constant", Array(repeating: 3.25, count: 20)))
    list.append(("zeros", Array(repeating: 0, count: 5)))
    list.append(("nan", [1, .nan, 0.5, .infinity, -.infinity, 0.25]))
    list.append(("only nan", [.nan, .nan]))
    list.append(("diverged", [2, 5, 1e10, 1e300, .infinity, .nan]))
    list.append(("huge", [1e308, -1e308, 3]))
    list.append(("tiny", [Double.leastNonzeroMagnitude, 2 * Double.leastNonzeroMagnitude, 0]))
    list.append(("close", [1 + 1e-15, 1 + 2e-15, 1]))
    list.append(("offset", [1e9 + 1, 1e9 + 2, 1e9 + 1.5]))
    list.append(("negative", [-5, -3, -1, -0.001]))
    var wide = [1e-20]
    for _ in 0..<40 { wide.append(wide[wide.count - 1] * 10) }
    list.append(("wide", wide))
    var long: [Double] = []
    for index in 0..<4000 { long.append(1 / Double(index + 1) + (index % 97 == 0 ? 0.3 : 0)) }
    list.append(("long", long))
    var gappy: [Double] = []
    for index in 0..<4000 { gappy.append(index % 2 == 0 ? Double(index) : .nan) }
    list.append(("gappy", gappy))
    return list
  }()

  static let names = [
    "a & b < c > \"d\"", "日本語のパラメータ", "x\u{0}y\u{1B}[31m\u{FFFE}", "👨‍👩‍👧‍👦 family",
    String(repeating: "long_name_", count: 30), "", "tab\there\nline", String(repeating: "\u{65E5}x", count: 5_000),
    String(repeating: "end", count: 4_000) + "<", String(repeating: "end", count: 4_000) + ">",
  ]

  static var all: [Case] { curves + studies + others + JudgedSamples.nasty + empty }

  static var curves: [Case] {
    var charts: [Case] = []
    for (index, (name, values)) in series.enumerated() {
      let title = names[index % names.count]
      let run = RunCurves(name: title, train: values, validation: values.reversed(), bestEpoch: values.count)
      charts.append(("loss \(name)", LossChart(runs: [run], epochs: index)))
      charts.append(("accuracy \(name)", AccuracyChart(runs: [run, RunCurves(name: "b", train: [], bestEpoch: -3)])))
      charts.append(("rate \(name)", LearningRateChart(runs: [NamedCurve(title, values)])))
      charts.append(("schedule \(name)", ScheduleChart(schedules: [NamedCurve(title, values), NamedCurve("", [])])))
      charts.append(
        ("range \(name)", RangeTestChart(rates: values, losses: values, smoothed: values, suggestion: values[0])))
      charts.append(
        ("range log \(name)", RangeTestChart(rates: (1...values.count).map { Double($0) / 1e4 }, losses: values)))
      charts.append(
        (
          "path \(name)",
          PathChart(
            title: title,
            function: Grid(x: [0, 1, 2], y: [0, 1], values: [[0, 1, values[0]], [values[values.count - 1], 1, 2]]),
            paths: [.init(title, x: values, y: values.reversed())], minimum: (values[0], 0))
        ))
    }
    charts.append(
      ("many runs", LossChart(runs: (0..<60).map { ChartSamples.run("run number \($0)", seed: UInt64($0)) })))
    return charts
  }

  /// A study whose values and parameters are a series, in trials of every state.
  static func study(_ values: [Double], parameters: Int, objectives: Int = 1, name: String = "nasty") -> StudyValues {
    let axes = (0..<parameters).map { index -> ParameterAxis in
      let name = names[index % names.count] + "\(index)"
      switch index % 4 {
      case 0: return ParameterAxis(name, scale: .log)
      case 1: return ParameterAxis(name, isWhole: true, range: 0...10)
      case 2: return ParameterAxis(name, scale: .categories(names))
      default: return ParameterAxis(name)
      }
    }
    let trials = values.enumerated().map { number, value -> TrialPoint in
      TrialPoint(
        number: number, state: number % 7 == 6 ? TrialState.allCases[number % 5] : .complete,
        values: number % 11 == 10 ? [] : (0..<objectives).map { value * Double($0 + 1) },
        parameters: (0..<parameters).map {
          $0 % 4 == 2 ? Double(number % names.count) : (number % 5 == 4 ? nil : value)
        },
        steps: number % 3 == 2 ? [] : [TrialPoint.Step(1, value), TrialPoint.Step(2, value / 2)],
        started: number % 13 == 12 ? nil : Double(number), ended: number % 17 == 16 ? nil : Double(number) + value)
    }
    return StudyValues(
      name: name, objectives: (0..<objectives).map { ObjectiveAxis(names[$0 % names.count], maximizes: $0 % 2 == 1) },
      parameters: axes, trials: trials)
  }

  static var studies: [Case] {
    series.enumerated().flatMap { index, entry -> [Case] in
      let one = study(entry.values, parameters: [1, 2, 3, 5, 12, 50][index % 6], name: names[index % names.count])
      let two = study(entry.values, parameters: 2, objectives: 2 + index % 4)
      return charts(of: one, "\(entry.name)") + [("pareto \(entry.name)", ParetoChart(two))]
    }
      + charts(
        of: StudyValues(
          name: "bare", objectives: [], trials: [TrialPoint(number: 0), TrialPoint(number: 3, values: [1])]), "bare")
  }

  static func charts(of study: StudyValues, _ name: String) -> [Case] {
    let parameters = study.parameters.map(\.name)
    return [
      ("history \(name)", HistoryChart(study, trials: 3)), ("intermediate \(name)", IntermediateChart(study)),
      ("parallel \(name)", ParallelChart(study)), ("slice \(name)", SliceChart(study)),
      ("rank \(name)", RankChart(study)),
      ("timeline \(name)", TimelineChart(study)), ("edf \(name)", EdfChart([study, study])),
      ("pareto one \(name)", ParetoChart(study)),
      ("contour \(name)", ContourChart(study, x: parameters.first ?? "", y: parameters.last ?? "")),
      ("contour names \(name)", ContourChart(study, x: parameters.dropFirst(2).first ?? "", y: parameters.first ?? "")),
    ]
  }

  static var others: [Case] {
    var noise = Noise(3)
    let large = (0..<120).map { _ in (0..<120).map { _ in Int(noise.next() * 3) } }
    let pixels = (0..<(256 * 256)).map { Float($0 % 256) / 255 }
    var list: [Case] = []
    list.append(("confusion ragged", ConfusionChart(classes: names, counts: [[1, 2], [3]], split: "a<b")))
    list.append(("confusion large", ConfusionChart(classes: (0..<120).map { "class \($0)" }, counts: large)))
    list.append(("confusion one", ConfusionChart(classes: ["a"], counts: [[Int.max / 4]])))
    list.append(
      (
        "importance many",
        ImportanceChart(
          shares: (0..<50).map { .init("parameter \($0)", 1 / Double($0 + 1), spread: .nan) }, objective: names[0])
      ))
    list.append(
      (
        "importance odd",
        ImportanceChart(
          shares: [.init(names[4], 0), .init("", .nan), .init("b", -1, spread: 2), .init("c", 5)], objective: "x",
          method: names[2])
      ))
    list.append(
      (
        "data images",
        DataChart(
          dataset: names[0],
          content: .images((0..<40).map { .init(pixels: pixels, label: names[$0 % 7]) }, width: 256, height: 256))
      ))
    list.append(
      (
        "data wrong",
        DataChart(
          dataset: "x",
          content: .images(
            [.init(pixels: [1], label: "a"), .init(pixels: [.nan, 2, -1, 0.5], label: "b")], width: 2, height: 2))
      ))
    list.append(("data classes", DataChart(dataset: names[7], content: .scatter(manyClasses))))
    list.append(
      (
        "confusion long",
        ConfusionChart(classes: [names[7], names[8], names[9]], counts: [[1, 2, 0], [3, 1, 0], [1, 1, 1]])
      ))
    list.append(("importance long", ImportanceChart(shares: names.map { .init($0, 0.1) }, objective: names[8])))
    list.append(("data many", DataChart(dataset: "x", content: .scatter(scatter(6000)))))
    list.append(
      (
        "data target",
        DataChart(
          dataset: "x",
          content: .scatter(
            .init(x: [1, .nan, 3], y: [1, 2], xName: names[1], yName: names[4], targets: [1, .nan, 2])))
      ))
    list.append(
      (
        "network deep",
        NetworkChart(
          layers: (0..<60).map {
            .init(name: names[$0 % 7], width: $0 * 37, detail: names[($0 + 1) % 7], parameters: $0 * 1000)
          })
      ))
    list.append(("network one", NetworkChart(layers: [.init(name: "input", width: 0)])))
    return list
  }

  /// As many classes as rows.
  static var manyClasses: DataChart.Scatter {
    let numbers = (0..<30_000).map(Double.init)
    return .init(
      x: numbers, y: numbers, xName: names[8], yName: names[9], classes: Array(0..<30_000),
      classNames: names + (0..<30_000).map { "class \($0)" })
  }

  static func scatter(_ count: Int) -> DataChart.Scatter {
    var noise = Noise(11)
    return .init(
      x: (0..<count).map { _ in noise.next() }, y: (0..<count).map { _ in noise.next() * 1e6 }, xName: "x", yName: "y",
      classes: (0..<count).map { $0 % 12 }, classNames: ["a"])
  }

  static var empty: [Case] {
    let nothing = StudyValues(
      name: "nothing", objectives: [ObjectiveAxis("val_loss")], parameters: ChartSamples.parameters, trials: [])
    var list: [Case] = []
    list.append(("loss", LossChart(runs: [])))
    list.append(("accuracy", AccuracyChart(runs: [RunCurves(name: "a", train: [])])))
    list.append(("learning_rate", LearningRateChart(runs: [])))
    list.append(("schedule", ScheduleChart(schedules: [])))
    list.append(("confusion", ConfusionChart(classes: [], counts: [])))
    list.append(("history", HistoryChart(nothing)))
    list.append(("intermediate", IntermediateChart(nothing)))
    list.append(("parallel", ParallelChart(nothing)))
    list.append(("slice", SliceChart(nothing)))
    list.append(("contour", ContourChart(nothing, x: "learning_rate", y: "neurons")))
    list.append(("importance", ImportanceChart(shares: [], objective: "x")))
    list.append(("edf", EdfChart([])))
    list.append(("rank", RankChart(nothing)))
    list.append(("timeline", TimelineChart(nothing)))
    list.append(("pareto", ParetoChart(nothing)))
    list.append(("data", DataChart(dataset: "x", content: .images([], width: 8, height: 8))))
    list.append(("network", NetworkChart(layers: [])))
    list.append(("range_test", RangeTestChart(rates: [], losses: [])))
    list.append(("path", PathChart(title: "path", function: Grid(x: [], y: [], values: []), paths: [])))
    list += JudgedSamples.empty
    list.append(("data rows", DataChart(dataset: "x", content: .scatter(.init(x: [], y: [], xName: "x", yName: "y")))))
    return list
  }
}
