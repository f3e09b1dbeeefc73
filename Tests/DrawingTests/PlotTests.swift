import Drawing
import Testing

/// What the plot model promises beyond the charts that use it today.
@Suite struct PlotTests {
  private static func plot(_ layers: [Layer], y: ClosedRange<Double>? = nil) -> Plot {
    Plot(title: "plot", panels: [Panel(x: Axis("x", range: 0...10), y: Axis("y", range: y), layers: layers)])
  }

  @Test func `every shape is drawn soundly`() {
    let x: [Double] = [1, 2, 3]
    var layers = [Layer("band", .band(x: x, low: [1, .nan, 1], high: [2, 3, 2]), ink: Ink(.sky, opacity: 0.4))]
    layers.append(Layer("polygon", .polygon(x: x, y: [1, 5, 1]), ink: Ink(.green)))
    layers.append(Layer("bars", .bars([Bar(at: 5, to: 3, label: "3"), Bar(at: 6, to: .nan)]), ink: Ink(.blue)))
    layers.append(Layer("rule", .horizontalRule(2), ink: Ink(.black, dash: .long)))
    layers.append(Layer("upright", .verticalRule(4), ink: Ink(.black, dash: .dotted)))
    layers.append(Layer("rug", .rug([1, 9]), ink: Ink(.orange, mark: .plus)))
    layers.append(Layer("steps", .steps(x: x, y: [4, 3, 2]), ink: Ink(.purple, dash: .dashDotted, mark: nil)))
    layers.append(Layer(nil, .labels([Label("end", x: 10, y: 5, anchor: .end)]), ink: Ink(.text)))
    let picture = Self.plot(layers).draw()
    expectSound(picture, "every shape")
    for name in ["band", "polygon", "bars", "rule", "upright", "rug", "steps"] {
      #expect(picture.svg.contains(">\(name)</text>") && picture.text.contains(name), "\(name)")
    }
    #expect(picture.description.contains("2 values not finite"))
  }

  @Test func `what lies beyond a given range is marked at the edge and said`() {
    let line = Layer("line", .line(x: [0, 5, 10], y: [0, 100, 0]), ink: Ink(.blue, mark: nil))
    let points = Layer("points", .points(x: [2, 4], y: [1, -50]), ink: Ink(.vermillion))
    let picture = Self.plot([line, points], y: 0...2).draw()
    expectSound(picture, "beyond")
    #expect(picture.description.contains("1 point beyond the axes, marked at the edge"))
    #expect(picture.text.contains("\u{2193}"))
    // Path data never leaves the picture: every coordinate pair after M or L lies in it.
    let places = picture.svg.matches(of: /[ML](-?[0-9.]+) (-?[0-9.]+)/).map {
      (Double($0.1) ?? .nan, Double($0.2) ?? .nan)
    }
    #expect(!places.isEmpty)
    for place in places {
      #expect((0...640).contains(place.0) && (0...Double(picture.height)).contains(place.1))
    }
  }

  @Test func `no more than 3,000 points are drawn, and the reader is told`() {
    let many = (0..<50_000).map { Double($0) / 5000 }
    let picture = Self.plot([Layer("many", .points(x: many, y: many), ink: Ink(.blue))]).draw()
    #expect(picture.description.contains("50,000 points, drawn by 2,999"))
    #expect(picture.svg.components(separatedBy: "h0").count == 3000)
  }

  @Test func `the html form carries the svg and its words`() {
    let picture = Self.plot([Layer(nil, .line(x: [1, 2], y: [1, 2]), ink: Ink(.blue))]).draw()
    let html = picture.bundleHTML
    #expect(html.hasPrefix("<img src=\"data:image/svg+xml;base64,PHN2Zy"))
    #expect(html.contains(" alt=\"plot. ") && html.hasSuffix(" width=\"640\" height=\"\(picture.height)\">"))
  }

  @Test func `a history of 100,000 trials is drawn by as many points as one of 10,000, its best line whole`() {
    func history(_ count: Int) -> Picture {
      let trials = (0..<count).map { number in
        number % 3 == 0
          ? TrialPoint(number: number, state: .failed)
          : TrialPoint(
            number: number, values: [1 + Double(count - number) / Double(count) + Double(number * 7919 % 101) / 99])
      }
      return HistoryChart(StudyValues(name: "long", objectives: [.init("val_loss")], trials: trials)).draw()
    }
    let (long, short) = (history(100_000), history(10_000))
    #expect(long.svg.utf8.count < short.svg.utf8.count * 5 / 4 && long.svg.utf8.count < 150_000)
    #expect(long.svg == history(100_000).svg)
  }
}
