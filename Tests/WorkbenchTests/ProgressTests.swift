import Jupyter
import Testing
import Workbench

/// How running commands show themselves, to whom, and what stays.
@Suite struct ProgressTests {
  static let training = "train epochs=20 batch_size=8 name=\"deep\""

  private static func ids(_ answer: Notebook.Answer) -> [String?] {
    answer.events.compactMap { if case .display(_, let id) = $0 { .some(id) } else { nil } }
  }

  private static func updates(_ answer: Notebook.Answer) -> Int {
    answer.events.filter { if case .update = $0 { true } else { false } }.count
  }

  @Test(arguments: ["", "set progress=rich\n"])
  func `a notebook sees displays that renew themselves and end as table and plot`(_ setting: String) throws {
    let notebook = try Notebook("data iris")
    if !setting.isEmpty { try notebook.run(setting) }
    let answer = notebook.execute(Self.training, cellID: "cell", output: .slow())
    #expect(Self.updates(answer) >= 2)
    #expect(!answer.written().contains("\r"))
    #expect(answer.written(to: .stderr).isEmpty)
    let displays = answer.displays
    #expect(displays.count == 2)
    #expect(displays.first?.plainText?.contains("deep") == true)
    #expect(displays.first?.plainText?.contains("accuracy") == true)
    #expect(displays.last?.data["image/svg+xml"] != nil)
    #expect(!displays.contains { $0.plainText?.contains("epoch 1/20") == true })
    #expect(Set(Self.ids(answer)).count == Self.ids(answer).count)
    let again = notebook.execute(Self.training, cellID: "cell")
    #expect(Set(Self.ids(answer)).isDisjoint(with: Self.ids(again)))
  }

  @Test func `a console sees one line that renews itself and no trace of it at the end`() throws {
    let answer = try Notebook("data iris").execute(Self.training, allowsInput: true)
    let written = answer.written()
    #expect(written.contains("\r"))
    #expect(Self.updates(answer) == 0)
    for line in written.split(separator: "\r") { #expect(line.unicodeScalars.count <= 79, "\(line)") }
    let lines = written.split(separator: "\r", omittingEmptySubsequences: false)
    #expect(lines.last == "")
    #expect(lines.dropLast().last?.allSatisfy { $0 == " " } == true)
    #expect(answer.displays.count == 2)
  }

  @Test func `a program sees the end only`() throws {
    let answer = try Notebook("data iris").execute(Self.training)
    #expect(Self.updates(answer) == 0 && !answer.written().contains("\r") && answer.displays.count == 2)
  }

  @Test func `progress=none shows no times and no display ids`() throws {
    let cells = [
      Self.training, "space\n    neurons in {4, 8}", "tune trials=2 epochs=2 parallel=2", "trials", "best", "compare",
      "show",
    ]
    let notebook = try Notebook("set progress=none", "data iris")
    for cell in cells {
      let answer = notebook.execute(cell, allowsInput: true, cellID: "cell")
      #expect(answer.failure == nil && Self.updates(answer) == 0 && !answer.written().contains("\r"))
      #expect(Self.ids(answer).allSatisfy { $0 == nil }, "\(cell)")
      #expect(
        !answer.text.contains("seconds") && !answer.text.contains("rows/s") && !answer.text.contains("samples/s"),
        "\(answer.text)")
    }
  }

  @Test(arguments: ["none", "rich", "text"])
  func `a semicolon hides the result, the plot and the line`(_ mode: String) throws {
    let notebook = try Notebook("set progress=\(mode)", "data iris")
    for cell in [
      "train epochs=3;", "data iris;", "1 + 1;", "evaluate test;", "plot loss;", "network hidden=[4];", "show;",
    ] {
      let answer = notebook.execute(cell, cellID: "cell")
      #expect(answer.failure == nil && answer.events.isEmpty && answer.outcome.result == nil, "\(cell): \(answer.text)")
    }
    let two = notebook.execute("train epochs=2; print run.epochs")
    #expect(two.text.contains("accuracy") && two.written().hasSuffix("2\n"))
  }

  @Test func `every plot has three kinds and every table two`() throws {
    let notebook = try Notebook("set progress=none", "data iris", "train epochs=2")
    let plot = try #require(notebook.run("plot loss").displays.first)
    #expect(Set(plot.data.keys) == ["image/svg+xml", "text/html", "text/plain"])
    #expect(plot.data["text/html"]?.string?.contains("alt=") == true)
    let table = try #require(notebook.run("show").displays.first)
    #expect(Set(table.data.keys) == ["text/html", "text/plain"])
  }
}
