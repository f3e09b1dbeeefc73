import Drawing

/// The charts that judge a network: typical ones, hard ones, and nothing to draw.
enum JudgedSamples {
  static let rows = Judged(run: "deep", split: "validation", rows: 360)
  private static let names = NastyCharts.names

  static var all: [NastyCharts.Case] {
    let three = ["setosa", "versicolor", "virginica"]
    return [
      ("roc", RocChart(rows, curves: [curve("fraud", 1)])),
      ("roc-ten", RocChart(rows, curves: (0..<10).map { curve("\($0)", UInt64($0)) })),
      ("precision_recall", PrecisionRecallChart(rows, curves: [recall("fraud", 1)], chance: 0.12)),
      (
        "precision_recall-three",
        PrecisionRecallChart(rows, curves: three.indices.map { recall(three[$0], UInt64($0)) })
      ),
      ("calibration", calibration),
      (
        "errors",
        ErrorsChart(
          rows,
          classes: (0..<10).map {
            .init("\($0)", rows: 36, wrong: $0 * $0 % 7, takenFor: "\(9 - $0)", times: $0 * $0 % 7 / 2)
          })
      ),
      (
        "mistakes",
        MistakesChart(
          rows,
          content: .images(
            (0..<17).map { .init(pixels: image($0), label: "\($0 % 10)", note: "as \(($0 + 3) % 10)") }, width: 8,
            height: 8), wrong: 17)
      ),
      (
        "mistakes-rows",
        MistakesChart(
          rows,
          content: .rows(
            (0..<9).map {
              .init(
                number: 7 + $0 * 13, truth: three[$0 % 3], predicted: three[($0 + 1) % 3],
                size: 0.99 - 0.05 * Double($0))
            }), wrong: 9)
      ),
      ("predicted", PredictedChart(rows, targets: [target("price", 1)], r2: 0.912, rmse: 3.21)),
      ("predicted-two", PredictedChart(rows, targets: [target("height", 1), target("weight", 2)], r2: 0.9)),
      ("residuals", ResidualsChart(rows, targets: [target("price", 1)])),
      (
        "permutation",
        PermutationChart(
          rows,
          columns: [
            .init("rooms", drop: 0.41, deviation: 0.03), .init("age", drop: 0.02, deviation: 0.004),
            .init("town", drop: 0.15, deviation: 0.02), .init("noise", drop: -0.004, deviation: 0.003),
          ], metric: "r2", score: 0.912, shuffles: 5)
      ),
      ("weights", WeightsChart(run: "deep", weights: (0..<12).map { pattern($0, 64) }, inputs: [], image: (8, 8))),
      (
        "weights-table",
        WeightsChart(run: "deep", weights: (0..<8).map { pattern($0, 4) }, inputs: ["a", "b", "c", "d"])
      ),
      ("compare", compare(3)), ("activation", activation), ("border", border(three)),
      ("border-number", borderOfNumbers),
    ]
  }

  static var nasty: [NastyCharts.Case] {
    var list: [NastyCharts.Case] = []
    let judged = Judged(run: names[7], split: "test", rows: 1)
    let many = (0..<200).map { curve("class \($0) \(names[4])", UInt64($0)) }
    list.append(("roc 200", RocChart(judged, curves: many)))
    list.append(("roc names", RocChart(judged, curves: names.map { curve($0, 3) })))
    list.append(("roc undefined", RocChart(judged, curves: [curve("a", 1), .init("b", x: [], y: [], area: .nan)])))
    list.append(("recall 200", PrecisionRecallChart(judged, curves: many)))
    list.append(("recall names", PrecisionRecallChart(judged, curves: names.map { recall($0, 4) }, chance: 0)))
    list.append(
      (
        "calibration one",
        CalibrationChart(
          judged, subject: names[8], bins: [.init(rows: 1, predicted: 1, actual: 0)], count: 15, error: 1, brier: 1)
      ))
    list.append(
      (
        "calibration odd",
        CalibrationChart(
          judged, subject: names[2],
          bins: [.init(rows: 0, predicted: .nan, actual: 2), .init(rows: .max / 4, predicted: 0, actual: 1)],
          count: 1000,
          error: .nan, brier: .infinity)
      ))
    list.append(
      (
        "errors 200",
        ErrorsChart(
          judged,
          classes: (0..<200).map { .init(names[$0 % 10], rows: $0 % 3, wrong: $0 % 2, takenFor: names[9], times: 1) })
      ))
    list.append(
      ("errors all", ErrorsChart(judged, classes: [.init(names[7], rows: 9, wrong: 9, takenFor: names[8], times: 9)])))
    list.append(("errors none", ErrorsChart(judged, classes: [.init("a", rows: 9, wrong: 0)])))
    list.append(
      (
        "mistakes names",
        MistakesChart(
          judged, content: .rows(names.map { .init(number: .max, truth: $0, predicted: names[8], size: .nan) }),
          wrong: 10)
      ))
    list.append(
      (
        "mistakes images",
        MistakesChart(
          judged,
          content: .images(names.map { .init(pixels: image(3), label: $0, note: "as " + $0) }, width: 8, height: 8),
          wrong: 1_000_000)
      ))
    list.append(
      (
        "mistakes numbers",
        MistakesChart(
          judged, content: .rows([.init(number: 1, truth: "1e300", predicted: "-1e300", size: 2e300)]),
          quantity: names[4])
      ))
    for (name, values) in NastyCharts.series {
      let target = JudgedTarget(names[values.count % 10], truth: values, predicted: values.reversed())
      list.append(("predicted \(name)", PredictedChart(judged, targets: [target], r2: -.infinity, rmse: .nan)))
      list.append(("residuals \(name)", ResidualsChart(judged, targets: [target])))
      list.append(
        (
          "permutation \(name)",
          PermutationChart(
            judged, columns: values.map { .init(names[3], drop: $0, deviation: $0) }, metric: "rmse", score: .nan,
            shuffles: 1)
        ))
    }
    list.append(("predicted twelve", PredictedChart(judged, targets: names.map { target($0, 2) } + [target("x", 1)])))
    list.append(("weights odd", WeightsChart(run: names[1], weights: [[.nan, 0], [.infinity]], inputs: names)))
    list.append(("weights zero", WeightsChart(run: "a", weights: [[0, 0]], inputs: names)))
    list.append(
      ("weights wide", WeightsChart(run: "a", weights: (0..<300).map { pattern($0, 500) }, inputs: names)))
    list.append(
      (
        "weights large",
        WeightsChart(run: "a", weights: (0..<300).map { pattern($0, 4096) }, inputs: [], image: (64, 64))
      ))
    list.append(
      (
        "activation odd",
        ActivationChart(x: [0, 1], curves: names.map { .init($0, values: [.nan, 1e300], slopes: [1]) })
      ))
    list.append(("border names", border(names)))
    list.append(("compare 200", compare(200)))
    list.append(
      (
        "compare names",
        CompareChart(
          setting: names[8], quantity: names[7],
          points: names.map { .init(run: $0, value: $0, number: .nan, result: .leastNonzeroMagnitude, series: $0) },
          best: names[0], note: names[4])
      ))
    list.append(
      (
        "compare one",
        CompareChart(setting: "a", quantity: "b", points: [.init(run: "a", value: "1", number: 1, result: 1)])
      ))
    list.append(("border 200", border((0..<200).map { "class \($0)" })))
    return list
  }

  static var empty: [NastyCharts.Case] {
    let judged = Judged(run: "a", split: "test", rows: 0)
    return [
      ("roc", RocChart(judged, curves: [])), ("recall", PrecisionRecallChart(judged, curves: [])),
      ("roc one class", RocChart(judged, curves: [.init("a", x: [], y: [], area: .nan)])),
      ("calibration", CalibrationChart(judged, subject: "a", bins: [], count: 15, error: .nan, brier: .nan)),
      ("errors", ErrorsChart(judged, classes: [.init("a", rows: 0, wrong: 0)])),
      ("mistakes", MistakesChart(rows, content: .rows([]), wrong: 0)),
      ("mistakes images", MistakesChart(rows, content: .images([], width: 8, height: 8), wrong: 0)),
      ("predicted", PredictedChart(judged, targets: [])),
      ("residuals", ResidualsChart(judged, targets: [.init("a", truth: [.nan], predicted: [1])])),
      ("permutation", PermutationChart(judged, columns: [], metric: "r2", score: 0, shuffles: 5)),
      ("weights", WeightsChart(run: "a", weights: [], inputs: [])),
      ("activation", ActivationChart(x: [], curves: [])),
      (
        "compare",
        CompareChart(setting: "a", quantity: "val_loss", points: [.init(run: "a", value: "1", number: 1, result: .nan)])
      ),
      (
        "border",
        BorderChart(
          judged, xName: "a", yName: "b", x: [], y: [], surface: .classes([], names: []), rows: .init(x: [], y: []),
          others: 0)
      ),
    ]
  }

  private static func curve(_ name: String, _ seed: UInt64) -> AreaCurve {
    var noise = Noise(seed)
    let x = (0...60).map { Double($0) / 60 }
    let power = 0.1 + 0.3 * noise.next()
    return AreaCurve(name, x: x, y: x.map { $0 == 0 ? 0 : min(1, exp(power, $0)) }, area: 1 / (1 + power))
  }

  private static func exp(_ power: Double, _ x: Double) -> Double { 1 - (1 - x) * (1 - x) * (1 - power) }

  private static func recall(_ name: String, _ seed: UInt64) -> AreaCurve {
    var noise = Noise(seed)
    let x = (0...40).map { 1 - Double($0) / 40 }
    let y = x.map { $0 == 0 ? 1 : min(1, 1 - 0.7 * $0 * $0 + 0.05 * noise.next()) }
    return AreaCurve(name, x: x, y: y, area: 0.8)
  }

  private static var calibration: CalibrationChart {
    CalibrationChart(
      rows, subject: "'fraud'",
      bins: (0..<15).map {
        .init(rows: 4 + $0 * $0 / 3, predicted: (Double($0) + 0.5) / 15, actual: Double($0 * $0) / 196)
      },
      count: 15, error: 0.0712, brier: 0.1034)
  }

  private static func image(_ seed: Int) -> [Float] { (0..<64).map { Float(($0 * (seed + 3)) % 17) / 16 } }

  private static func pattern(_ seed: Int, _ count: Int) -> [Float] {
    (0..<count).map { Float(($0 * 7 + seed * 5) % 23 - 11) / Float(11 + seed) }
  }

  private static func target(_ name: String, _ seed: UInt64) -> JudgedTarget {
    var noise = Noise(seed)
    let truth = (0..<200).map { _ in 10 + 40 * noise.next() }
    return JudgedTarget(name, truth: truth, predicted: truth.map { $0 + 8 * (noise.next() - 0.5) })
  }

  private static var activation: ActivationChart {
    let x = (-50...50).map { Double($0) / 10 }
    return ActivationChart(
      x: x,
      curves: [
        .init("relu", values: x.map { max(0, $0) }, slopes: x.map { $0 > 0 ? 1 : 0 }),
        .init("identity", values: x, slopes: x.map { _ in 1 }),
        .init("softsign", values: x.map { $0 / (1 + abs($0)) }, slopes: x.map { 1 / (1 + abs($0)) / (1 + abs($0)) }),
      ])
  }

  private static func compare(_ series: Int) -> CompareChart {
    let points = (0..<series).flatMap { index -> [CompareChart.Point] in
      [32, 128, 512].map { width -> CompareChart.Point in
        let result: Double = 0.4 + 5 / Double(width) + 0.05 * Double(index % 7)
        return CompareChart.Point(
          run: "neurons=\(width) \(index)", value: "\(width)", number: Double(width), result: result,
          series: "activation=\(index)")
      }
    }
    return CompareChart(setting: "neurons", quantity: "val_loss", points: points, best: "neurons=512 0")
  }

  private static func border(_ names: [String]) -> BorderChart {
    let places = (0..<31).map { Double($0) / 10 - 1.5 }
    let shares = places.map { y in
      places.map { x in
        names.indices.map { index in
          let radius = (x * x + y * y).squareRoot() - Double(index) * 1.6 / Double(names.count)
          return 1 / (0.1 + radius * radius)
        }
      }
    }
    var noise = Noise(5)
    let x = (0..<240).map { _ in 3 * noise.next() - 1.5 }
    let y = (0..<240).map { _ in 3 * noise.next() - 1.5 }
    return BorderChart(
      rows, xName: names[0], yName: names[1], x: places, y: places, surface: .classes(shares, names: names),
      rows: .init(x: x, y: y, classes: (0..<240).map { $0 % names.count }), others: 2)
  }

  private static var borderOfNumbers: BorderChart {
    let places = (0..<21).map { Double($0) }
    return BorderChart(
      rows, xName: "rooms", yName: "age", x: places, y: places,
      surface: .numbers(places.map { y in places.map { $0 * y } }, name: "price"),
      rows: .init(x: [3, 10, 18], y: [4, 12, 19], numbers: [12, 118, 350]), others: 11)
  }
}
