import Drawing
import Testing

@Suite struct ProgressTests {
  private static let epoch = Progress(
    unit: "epoch", done: 3, total: 20,
    fields: [.init("loss", "0.31"), .init("val", "0.35"), .init("acc", "91.2%"), .init("lr", "0.001")], secondsLeft: 2.1
  )

  @Test func `a line holds the bar, the counter, the fields and the time left`() {
    #expect(Self.epoch.text() == "[#-----------] epoch  3/20  loss 0.31  val 0.35  acc 91.2%  lr 0.001  2.1 s left")
    #expect(Self.epoch.text(width: 200).hasPrefix("[###-----------------] epoch  3/20"))
  }

  @Test(arguments: Array(10...120)) func `no line is wider than asked for`(width: Int) {
    #expect(TextWidth.of(Self.epoch.text(width: width)) <= width)
  }

  @Test func `the counter outlives the fields`() {
    #expect(Self.epoch.text(width: 34) == "[#-------] epoch  3/20  2.1 s left")
  }

  @Test func `nothing moves while the counter grows`() {
    let lines = [0, 9, 10, 100].map { done in
      Progress(unit: "epoch", done: done, total: 100, fields: [.init("loss", done < 10 ? "0.31" : "0.3127")]).text(
        width: 79)
    }
    #expect(Set(lines.map { $0.firstIndex(of: "]") }).count == 1)
    #expect(Set(lines.map { $0.firstRange(of: "loss")?.lowerBound }).count == 1)
  }

  @Test func `bars of odd shares`() {
    func bar(_ done: Int, _ total: Int?, _ fraction: Double? = nil) -> String {
      Progress(unit: "trial", done: done, total: total, fraction: fraction).text()
    }
    #expect(bar(0, 0) == "[############] trial 0/0")
    #expect(bar(5, 4) == "[############] trial 5/4")
    #expect(bar(7, nil) == "trial 7")
    #expect(bar(1, 4, 0.5).hasPrefix("[######------]"))
    #expect(bar(1, 4, .nan).hasPrefix("[###---------]"))
    #expect(bar(1234, 5000) == "[##----------] trial 1,234/5,000")
  }

  @Test func `html says the same`() throws {
    let html = Self.epoch.html
    #expect(html.contains("<progress value=\"0.150\" max=\"1\"></progress>"))
    #expect(html.contains("loss 0.31") && html.contains("2.1 s left"))
    let hostile = Progress(unit: "<b>", done: 1, total: nil, fields: [.init("a", "<script>")])
    #expect(!hostile.html.contains("<script>") && !hostile.html.contains("<b>"))
  }
}
