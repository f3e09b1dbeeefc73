import Drawing

/// One typical picture of each chart, as a person would ask for it.
enum ChartSamples {
  static var all: [(name: String, chart: any Chart)] {
    var list: [(name: String, chart: any Chart)] = []
    list.append(("loss", LossChart(runs: [run("deep")], loss: "cross entropy")))
    list.append(("loss-two", LossChart(runs: [run("deep"), run("wide", seed: 9)], loss: "cross entropy")))
    list.append(("accuracy", AccuracyChart(runs: [accuracies])))
    list.append(
      ("learning_rate", LearningRateChart(runs: [NamedCurve("deep", (0..<30).map { 0.1 / (1 + 0.1 * Double($0)) })])))
    list.append(("schedule", ScheduleChart(schedules: schedules)))
    list.append(("confusion", ConfusionChart(classes: (0..<10).map(String.init), counts: confusion, split: "test")))
    list.append(("history", HistoryChart(study)))
    list.append(("intermediate", IntermediateChart(study)))
    list.append(("parallel", ParallelChart(study)))
    list.append(("slice", SliceChart(study)))
    list.append(("contour", ContourChart(study, x: "learning_rate", y: "neurons")))
    list.append(("contour-strips", ContourChart(study, x: "optimizer", y: "learning_rate")))
    list.append(
      (
        "importance",
        ImportanceChart(
          shares: [
            .init("learning_rate", 0.713, spread: 0.041), .init("neurons", 0.142, spread: 0.03),
            .init("batch_size", 0.091, spread: 0.02), .init("layers", 0.048), .init("optimizer", 0.0041),
          ], objective: "val_loss", method: "fANOVA")
      ))
    list.append(("edf", EdfChart([study, other])))
    list.append(("rank", RankChart(study)))
    list.append(("timeline", TimelineChart(study)))
    list.append(("timeline-long", TimelineChart(search("long", seed: 12, count: 400))))
    list.append(("pareto", ParetoChart(pareto)))
    list.append(("data-images", DataChart(dataset: "digits", content: .images(images, width: 8, height: 8))))
    list.append(("data-scatter", DataChart(dataset: "spirals", content: .scatter(spirals))))
    list.append(
      (
        "network",
        NetworkChart(layers: [
          .init(name: "input", width: 64),
          .init(name: "hidden 1", width: 256, detail: "batch norm, relu, dropout 0.1", parameters: 16_640),
          .init(name: "hidden 2", width: 128, detail: "relu", parameters: 32_896),
          .init(name: "output", width: 10, detail: "softmax", parameters: 1290),
        ])
      ))
    list.append(("range_test", rangeTest))
    list.append(("path", path))
    return list + JudgedSamples.all
  }

  static func run(_ name: String, seed: UInt64 = 1, epochs: Int = 30) -> RunCurves {
    var noise = Noise(seed)
    let train = (0..<epochs).map { 2.2 / (1 + 0.6 * Double($0)) + 0.04 * noise.next() }
    let validation = (0..<epochs).map { epoch -> Double in
      let time = Double(epoch)
      return 2.2 / (1 + 0.55 * time) + 0.06 + 0.006 * time + 0.05 * noise.next()
    }
    let best = validation.indices.min { validation[$0] < validation[$1] } ?? 0
    return RunCurves(name: name, train: train, validation: validation, bestEpoch: best + 1)
  }

  static var accuracies: RunCurves {
    let losses = run("deep")
    return RunCurves(
      name: "deep", train: losses.train.map { 1 - $0 / 3 }, validation: losses.validation.map { 1 - $0 / 3 },
      bestEpoch: losses.bestEpoch)
  }

  static var schedules: [NamedCurve] {
    [
      NamedCurve(
        "step(factor=0.5, every=5)", (0..<30).map { 0.1 * (0..<($0 / 5)).reduce(1.0) { value, _ in value * 0.5 } }),
      NamedCurve("time_decay(decay=0.1)", (0..<30).map { 0.1 / (1 + 0.1 * Double($0)) }),
      NamedCurve("constant", (0..<30).map { _ in 0.1 }),
      NamedCurve("linear(end=0)", (0..<30).map { 0.1 * (1 - Double($0) / 30) }),
    ]
  }

  static var confusion: [[Int]] {
    var noise = Noise(4)
    return (0..<10).map { truth in
      (0..<10).map { truth == $0 ? 900 + Int(noise.next() * 90) : (noise.next() < 0.5 ? 0 : Int(noise.next() * 30)) }
    }
  }

  static let parameters = [
    ParameterAxis("learning_rate", scale: .log, range: 1e-5...1),
    ParameterAxis("neurons", isWhole: true, range: 16...512),
    ParameterAxis("optimizer", scale: .categories(["sgd", "adam", "rmsprop"])),
    ParameterAxis("momentum", range: 0...0.99),
  ]

  static var study: StudyValues { search("tutorial", seed: 3, count: 60) }
  static var other: StudyValues { search("random", seed: 8, count: 40) }

  /// A search over a bowl: the best rate is 3e-3, more neurons help a little.
  static func search(_ name: String, seed: UInt64, count: Int) -> StudyValues {
    var noise = Noise(seed)
    var clock = 0.0
    let trials = (0..<count).map { number -> TrialPoint in
      let exponent = -5 + 5 * noise.next()
      let neurons = (16 + 496 * noise.next()).rounded()
      let optimizer = (noise.next() * 3).rounded(.down)
      let rate = (0..<Int(-exponent * 100)).reduce(1.0) { value, _ in value / 1.0232930 }
      let valley = 0.09 * (exponent + 2.5) * (exponent + 2.5)
      let value = 0.1 + valley + 0.0003 * (512 - neurons) + 0.05 * noise.next()
      let draw = noise.next()
      let state: TrialState = draw < 0.15 ? .pruned : (draw < 0.2 ? .failed : .complete)
      let epochs = state == .complete ? 10 : 3
      let steps = (1...epochs).map { TrialPoint.Step($0, value + 1.6 / Double($0 * $0) + 0.03 * noise.next()) }
      let started = clock
      clock += 0.6 + noise.next()
      return TrialPoint(
        number: number, state: state, values: state == .failed ? [] : [steps.last?.value ?? value],
        parameters: [rate, neurons, optimizer, optimizer == 0 ? 0.99 * noise.next() : nil], steps: steps,
        started: started, ended: clock + noise.next())
    }
    return StudyValues(name: name, objectives: [ObjectiveAxis("val_loss")], parameters: parameters, trials: trials)
  }

  static var pareto: StudyValues {
    var noise = Noise(5)
    let trials = (0..<70).map { number -> TrialPoint in
      let size = noise.next()
      let luck = 0.25 * noise.next() * noise.next()
      let loss = 0.08 + 0.3 * (1 - size) * (1 - size) + luck
      return TrialPoint(number: number, values: [loss, (1000 + 400_000 * size).rounded()])
    }
    return StudyValues(
      name: "small", objectives: [ObjectiveAxis("val_loss"), ObjectiveAxis("parameters", format: .whole)],
      trials: trials)
  }

  static var images: [DataChart.Sample] {
    (0..<30).map { index in
      let pixels = (0..<64).map { place -> Float in
        let (x, y) = (Float(place % 8) - 3.5, Float(place / 8) - 3.5)
        let distance = (x * x + y * y).squareRoot()
        return max(0, 1 - abs(distance - 1 - Float(index % 3)) / 1.4)
      }
      return DataChart.Sample(pixels: pixels, label: String(index % 10))
    }
  }

  static var spirals: DataChart.Scatter {
    var noise = Noise(6)
    var (x, y, classes) = ([Double](), [Double](), [Int]())
    for index in 0..<600 {
      let turn = Double(index / 3) / 200 * 6
      let (c, s) = rotation(turn + 2.0943951 * Double(index % 3))
      x.append(turn * c / 6 + 0.06 * noise.next())
      y.append(turn * s / 6 + 0.06 * noise.next())
      classes.append(index % 3)
    }
    return DataChart.Scatter(x: x, y: y, xName: "x0", yName: "x1", classes: classes, classNames: ["0", "1", "2"])
  }

  /// Cosine and sine by a hundred small turns: enough for a sample.
  private static func rotation(_ angle: Double) -> (Double, Double) {
    var (c, s) = (1.0, 0.0)
    for _ in 0..<1000 { (c, s) = (c - s * angle / 1000, s + c * angle / 1000) }
    return (c, s)
  }

  static var rangeTest: RangeTestChart {
    var noise = Noise(7)
    let rates = (0..<120).map { index in (0..<index).reduce(1e-6) { value, _ in value * 1.122 } }
    let smoothed = rates.map { 2.3 - 1.6 / (1 + 0.004 / $0) + $0 * $0 * 3 }
    let losses = smoothed.map { $0 + 0.2 * (noise.next() - 0.5) }
    return RangeTestChart(rates: rates, losses: losses, smoothed: smoothed, suggestion: 0.012)
  }

  static var path: PathChart {
    let axis = (0...40).map { -2 + Double($0) / 10 }
    let values = axis.map { y in axis.map { x in 0.2 + x * x + 8 * y * y } }
    func descend(_ rate: Double, _ momentum: Double) -> ([Double], [Double]) {
      var (x, y, dx, dy) = (-1.8, 1.6, 0.0, 0.0)
      var (xs, ys) = ([x], [y])
      for _ in 0..<30 {
        dx = momentum * dx - rate * 2 * x
        dy = momentum * dy - rate * 16 * y
        (x, y) = (x + dx, y + dy)
        xs.append(x)
        ys.append(y)
      }
      return (xs, ys)
    }
    let (plainX, plainY) = descend(0.09, 0)
    let (heavyX, heavyY) = descend(0.02, 0.8)
    return PathChart(
      title: "Optimizers on a narrow bowl", function: Grid(x: axis, y: axis, values: values),
      paths: [.init("sgd", x: plainX, y: plainY), .init("momentum", x: heavyX, y: heavyY)], minimum: (0, 0))
  }
}
