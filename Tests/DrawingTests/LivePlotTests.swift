import Drawing
import Foundation
import Testing

/// A picture that answers to the pointer is the same picture, with a table of its points.
@Suite struct LivePlotTests {
  private static let pictures = ChartSamples.all.map { (name: $0.name, picture: $0.chart.draw()) }
  private static let live = [
    "loss", "loss-two", "accuracy", "learning_rate", "schedule", "history", "pareto", "edf", "roc", "predicted",
    "slice",
    "rank", "contour", "parallel",
  ]

  /// The SVG within the HTML, and the table that the handler gets.
  private func parts(_ html: String) throws -> (svg: String, table: [String: Any]) {
    let encoded = try #require(html.firstMatch(of: /base64,([A-Za-z0-9+\/=]+)"/)?.1)
    let svg = String(decoding: try #require(Data(base64Encoded: String(encoded))), as: UTF8.self)
    let handler = try #require(html.components(separatedBy: "onload=\"").last?.components(separatedBy: "\"").first)
      .replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
      .replacing("&amp;", with: "&")
    let json = try #require(handler.components(separatedBy: "(this,").last?.dropLast())
    let table = try JSONSerialization.jsonObject(with: Data(json.utf8))
    return (svg, try #require(table as? [String: Any]))
  }

  @Test(arguments: live) func `it is the same picture`(name: String) throws {
    let picture = try #require(Self.pictures.first { $0.name == name }).picture
    let (svg, table) = try parts(picture.liveHTML)
    #expect(svg == picture.svg)
    let groups = try #require(table["g"] as? [[Any]])
    for kind in name == "parallel" ? ["series"] : ["series", "axes", "labels"] {
      #expect(groups.contains { $0[0] as? String == kind }, "\(kind)")
    }
    let elements = svg.components(separatedBy: "<").dropFirst(2).count { !$0.hasPrefix("/") }
    for group in groups {
      let (start, end) = (try #require(group[2] as? Int), try #require(group[3] as? Int))
      #expect(3 <= start && start < end && end <= elements)
    }
    let panels = try #require(table["p"] as? [[String: Any]])
    let cells = try #require(table["t"] as? [String])
    for group in groups {
      #expect(panels.indices.contains(try #require(group[4] as? Int)) || group[0] as? String == "legend")
    }
    let series = try panels.flatMap { try #require($0["s"] as? [[String: Any]]) }
    #expect(!series.isEmpty)
    for one in series {
      let (columns, rows) = (try #require(one["c"] as? [String]), try #require(one["r"] as? [[Any]]))
      for row in rows {
        #expect(cells[try #require(row[2] as? Int)].components(separatedBy: "\t").count == columns.count)
      }
    }
  }

  @Test func `what cannot be moved stays an image`() {
    for (name, picture) in Self.pictures where !picture.liveHTML.contains("onload=") {
      #expect(picture.liveHTML == picture.bundleHTML, "\(name)")
    }
    let still = Self.pictures.filter { !$0.picture.liveHTML.contains("onload=") }.map(\.name)
    #expect(Set(["confusion", "importance", "network", "data-images"]).isSubset(of: still))
  }

  @Test func `five hundred trials of six parameters take less than 100 kB`() throws {
    let names = (0..<6).map { "parameter_\($0)" }
    func study(_ count: Int) -> StudyValues {
      var noise = Noise(3)
      return StudyValues(
        name: "s", objectives: [ObjectiveAxis("val_loss")], parameters: names.map { ParameterAxis($0) },
        trials: (0..<count).map { number in
          TrialPoint(
            number: number, state: number % 9 == 0 ? .pruned : .complete, values: [noise.next()],
            parameters: names.map { _ in noise.next() })
        })
    }
    let html = HistoryChart(study(500)).draw().liveHTML
    #expect(html.utf8.count <= 100_000, "\(html.utf8.count) bytes")
    let panels = try #require(try parts(html).table["p"] as? [[String: Any]])
    let series = try #require(panels[0]["s"] as? [[String: Any]])
    #expect(
      (series.first { $0["n"] as? String == "complete" }?["c"] as? [String]) == ["trial", "state", "val_loss"] + names)
    let large = HistoryChart(study(3000)).draw().liveHTML
    #expect(large.utf8.count <= 220_000, "\(large.utf8.count) bytes")
    for picture in [SliceChart(study(500)).draw(), RankChart(study(500)).draw(), ParallelChart(study(500)).draw()] {
      #expect(picture.liveHTML.utf8.count <= 150_000, "\(picture.title): \(picture.liveHTML.utf8.count) bytes")
    }
  }

  @Test func `no name ends the handler`() throws {
    for name in NastyCharts.names + [
      "\" onclick=\"alert(1)", "</script><script>alert(1)</script>", "<!--", "\u{2028}", "'",
    ] {
      let runs = [RunCurves(name: name, train: [2, 1]), RunCurves(name: "b", train: [1, 2])]
      let html = LossChart(runs: runs).draw().liveHTML
      #expect(html.count { $0 == "<" } == 1 && html.count { $0 == ">" } == 1, "\(name)")
      #expect(html.count { $0 == "\"" } == 10, "\(name)")
      _ = try parts(html)
    }
  }
}
