import Drawing
import Testing

/// What a chart is about is inside its axes; what is left out is counted and said, in the picture and in the text.
@Suite struct LookingTests {
  private func study(_ values: [[Double]], share: Bool = false) -> StudyValues {
    StudyValues(
      name: "s",
      objectives: values[0].indices.map {
        ObjectiveAxis("v\($0)", maximizes: share, format: share ? .percent : .number)
      },
      parameters: [ParameterAxis("x", range: 0...1), ParameterAxis("y", range: 0...1)],
      trials: values.enumerated().map { index, values in
        TrialPoint(number: index, values: values, parameters: [Double(index % 7) / 7, Double(index % 5) / 5])
      })
  }

  @Test func `a member of the front is inside the axes however far it lies`() {
    let near: [[Double]] = (0..<29).map { (index: Int) -> [Double] in
      [1 + Double(index % 6) / 60, 1 + Double(index % 5) / 50]
    }
    for far in [[12.0, 0.1], [0.1, 12], [500, 0.5]] {
      let plot = ParetoChart(study(near + [far])).plot
      let scene = Scene(plot)
      #expect(scene.outside == 0)
      #expect(scene.panels[0].x.high >= far[0])
      #expect(scene.panels[0].y.high >= far[1])
    }
  }

  /// Long names that differ at their end, at their beginning and in the middle.
  @Test(arguments: [
    (0..<8).map { "the_very_long_name_of_a_parameter_that_is_tuned_here_\($0)" },
    (0..<8).map { "\($0)_the_very_long_name_of_a_parameter_that_is_tuned_here" },
    (0..<8).map { "the_very_long_name_of_a_parameter_\($0)_and_its_very_long_end_of_more_letters" },
  ])
  func `different axes never have one name`(names: [String]) {
    let study = StudyValues(
      name: "s", objectives: [ObjectiveAxis("v", maximizes: false)],
      parameters: names.map { ParameterAxis($0, range: 0...1) },
      trials: (0..<9).map { (number: Int) -> TrialPoint in
        TrialPoint(
          number: number, values: [Double(number)],
          parameters: names.indices.map { Double((number * ($0 + 3)) % 9) / 9 })
      })
    func shortened(_ picture: Picture) -> [String] {
      picture.svg.matches(of: /<text[^>]*>([^<]*)<\/text>/).map { String($0.output.1) }.filter { $0.contains("...") }
    }
    for picture in [SliceChart(study).draw(), ParallelChart(study).draw()] {
      #expect(Set(shortened(picture)).count >= 8, "\(shortened(picture))")
    }
    let text = SliceChart(study).draw().text
    let labels = text.matches(of: /[\w.]*\.\.\.?[\w.#]*/).map { String($0.output) }
    #expect(labels.count == 8 && Set(labels).count == 8, "\(text)")
  }

  @Test func `losses that are different quantities have axes of their own`() {
    let runs = ["A", "B", "C"].map { RunCurves(name: $0, train: [3, 2], validation: [4, 3]) }
    let scene = Scene(LossChart(runs: runs, losses: ["squared error", "absolute error", "squared error"]).plot)
    #expect(scene.panels.map(\.yAxis.name) == ["squared error", "absolute error"])
    #expect(Scene(LossChart(runs: runs, loss: "squared error").plot).panels.count == 1)
  }

  @Test func `trials beyond the axes are counted once each, in the picture and in the text`() {
    let far = study((0..<12).map { (index: Int) -> [Double] in [index == 7 ? 30 : 1 + Double(index) / 12] })
    for picture in [HistoryChart(far).draw(), SliceChart(far).draw()] {
      #expect(picture.text.contains("1 trial beyond the axes"))
      #expect(picture.svg.contains("1 trial beyond the axes"))
    }
  }

  @Test(arguments: [(true, Double.infinity), (false, -Double.infinity)])
  func `an infinite value is the best, as for Optuna, and counts`(maximizes: Bool, best: Double) {
    var infinite = study([[0.3], [best], [0.1], [-best], [.nan]], share: maximizes)
    infinite.objectives[0].format = .number
    for plot in [HistoryChart(infinite).plot, SliceChart(infinite).plot] {
      #expect(plot.subtitle?.contains("in trial 1, 4 of 5 trials complete") == true, "\(plot.subtitle ?? "")")
    }
  }

  @Test(arguments: [[0.97], [0.2, 0.99], [0.999, 1], [0, 0.01]])
  func `an axis of shares ends at 0 and 1`(values: [Double]) {
    let shares = study(values.map { [$0] }, share: true)
    for plot in [HistoryChart(shares).plot, SliceChart(shares).plot, EdfChart([shares]).plot] {
      for panel in Scene(plot).panels {
        for (axis, map) in [(panel.xAxis, panel.x), (panel.yAxis, panel.y)] where axis.format == .percent {
          #expect(map.low >= 0 && map.high <= 1, "\(map.low)...\(map.high)")
        }
      }
    }
  }

  @Test func `a study of failed trials has nothing to draw`() {
    let failed = StudyValues(
      name: "s", objectives: [ObjectiveAxis("v")], parameters: [ParameterAxis("x")],
      trials: (0..<3).map { TrialPoint(number: $0, state: .failed) })
    #expect(HistoryChart(failed).draw().text.contains("all 3 trials failed"))
  }

  @Test func `a single trial has a single rank`() {
    let picture = RankChart(study([[0.4]])).draw()
    #expect(!picture.text.contains("from 1 to 2"))
    #expect(!picture.text.contains("-1"))
  }

  @Test func `a selection says what it leaves out in the picture and in the text`() {
    var many = study([[1], [2], [3]])
    many.parameters = (0..<30).map { ParameterAxis("p\($0)") }
    for index in many.trials.indices { many.trials[index].parameters = (0..<30).map { Double($0 + index) } }
    let picture = ParallelChart(many).draw()
    #expect(picture.svg.contains("18 more parameters not shown"))
    #expect(picture.text.contains("18 more parameters not shown"))
    let chosen = ParallelChart(many.selecting(["p25", "p3"])).draw()
    #expect(chosen.text.contains("p25"))
    #expect(!chosen.text.contains("not shown"))
  }

  @Test func `several studies are named in the legend`() {
    var (one, two) = (study([[1], [0.5]]), study([[2], [0.4]]))
    (one.name, two.name) = ("first study", "second study")
    for picture in [HistoryChart([one, two]).draw(), EdfChart([one, two]).draw()] {
      for name in ["first study", "second study"] {
        #expect(picture.svg.contains(name))
        #expect(picture.text.contains(name))
      }
    }
  }

  @Test func `a style goes over what the chart chose`() {
    var style = PlotStyle()
    (style.title, style.width, style.scale) = ("My title", 900, .log)
    let picture = PlotStyle.$current.withValue(style) { HistoryChart(study([[1], [0.5], [3]])).draw() }
    #expect(picture.title == "My title")
    #expect(picture.width == 900)
    #expect(picture.svg.contains("log scale"))
  }
}
