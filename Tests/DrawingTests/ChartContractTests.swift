import Drawing
import Testing

/// Every registered chart, drawn from what sessions really contain and from what they should not.
@Suite struct ChartContractTests {
  static let cases = NastyCharts.all + ChartSamples.all

  @Test func `every registered chart has nasty cases`() {
    let covered = Set(NastyCharts.all.map { type(of: $0.chart).name })
    #expect(covered == Set(Charts.all.map { $0.name }))
    #expect(Set(Charts.all.map { $0.name }).count == Charts.all.count)
    for chart in Charts.all { #expect(!chart.help.isEmpty && !chart.help.contains("\n")) }
  }

  @Test(arguments: cases.indices) func `a picture is sound, and the same the second time`(index: Int) {
    let (name, chart) = Self.cases[index]
    let picture = chart.draw()
    expectSound(picture, name)
    #expect(chart.draw() == picture, "\(name)")
  }

  @Test(arguments: NastyCharts.empty.indices) func `nothing is said to be nothing`(index: Int) {
    let (name, chart) = NastyCharts.empty[index]
    let picture = chart.draw()
    expectSound(picture, name)
    #expect(picture.svg.contains("nothing to draw"), "\(name)")
    #expect(picture.text.contains("nothing to draw"), "\(name)")
  }

  @Test func `gaps are said in words`() {
    let losses = [2.0, .nan, 0.5, .infinity, 0.4]
    let picture = LossChart(runs: [RunCurves(name: "broken", train: losses)]).draw()
    #expect(picture.description.contains("2 values not finite, left out"))
    #expect(picture.text.contains("2 values not finite, left out"))
  }
}
