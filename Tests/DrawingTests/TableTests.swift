import Drawing
import Testing

@Suite struct TableTests {
  private static let trials = Table(
    title: "Trials",
    columns: [.init("trial"), .init("optimizer", .left), .init("val_loss", .decimal)],
    rows: [["0", "sgd", "0.31"], ["1", "adam", "0.0812"], ["10", "日本", "12"]], marked: 1, note: "3 trials")

  @Test func `cells are aligned and the best row is marked`() {
    #expect(
      Self.trials.text() == """
        Trials
          trial  optimizer  val_loss
          -----  ---------  --------
              0  sgd          0.31
        *     1  adam         0.0812
             10  日本        12
        3 trials
        """)
  }

  @Test func `a long table is cut in the middle and keeps its best row`() {
    let rows = (0..<100).map { ["\($0)"] }
    let table = Table(columns: [.init("n")], rows: rows, marked: 70)
    let lines = table.text(maxRows: 4).split(separator: "\n").dropFirst(2)
    #expect(lines == ["   0", "   1", "  ... 68 more rows ...", "* 70", "  ... 27 more rows ...", "  98", "  99"])
    #expect(table.html(maxRows: 4).contains("... 68 more rows ..."))
    #expect(table.csv.split(separator: "\r\n").count == 101)
    #expect(Table(columns: [.init("n")], rows: Array(rows.prefix(3))).text(maxRows: 2).contains("... 1 more row ..."))
  }

  @Test func `a wide table goes on in blocks that repeat the first column`() {
    let columns = (0..<30).map { Table.Column("column\($0)") }
    let text = Table(columns: columns, rows: [columns.map { _ in "1" }]).text(width: 60)
    #expect(text.split(separator: "\n").allSatisfy { TextWidth.of($0) <= 60 })
    #expect(text.split(separator: "\n").filter { $0.hasPrefix("column0 ") }.count == 6)
    for index in 0..<30 { #expect(text.contains("column\(index)")) }
  }

  @Test func `long words give way first`() {
    let table = Table(
      columns: [.init("name", .left), .init("reason", .left), .init("value")],
      rows: [[String(repeating: "a", count: 90), String(repeating: "宽", count: 60), "1.5"]])
    let text = table.text(width: 80)
    #expect(text.split(separator: "\n").allSatisfy { TextWidth.of($0) <= 80 })
    #expect(text.contains("aaa...") && text.contains("宽...") && text.contains("1.5"))
  }

  @Test func `a column that goes into a block of its own is cut to the block only`() {
    let reason = "the loss was not a number after epoch 3"
    let columns = (0..<20).map { Table.Column("column\($0)") } + [.init("why", .left)]
    let text = Table(columns: columns, rows: [(0..<20).map { "\($0)" } + [reason]]).text(width: 60)
    #expect(text.contains(reason))
    let long = Table(columns: columns, rows: [(0..<20).map { "\($0)" } + [reason + reason]]).text(width: 60)
    #expect(long.contains("the loss was not a number after epoch 3the loss ..."), "\(long)")
    #expect(long.split(separator: "\n").allSatisfy { TextWidth.of($0) <= 60 })
  }

  @Test func `html is escaped and bold where marked`() throws {
    let table = Table(
      title: "a < b", columns: [.init("<x>", .left), .init("y")], rows: [["\"1\" & 2", "<script>"], ["é", "日本"]],
      marked: 1)
    let html = table.html()
    #expect(!html.contains("<script>") && html.contains("&lt;script&gt;") && html.contains("<strong>é</strong>"))
    let reader = try MarkupReader("<div>" + html + "</div>")
    #expect(Set(reader.elements.map(\.name)) == ["div", "p", "strong", "table", "thead", "tbody", "tr", "th", "td"])
    #expect(
      reader.elements.filter { $0.name != "table" }.flatMap(\.attributes).allSatisfy {
        $0.name == "style" && $0.value.hasPrefix("text-align: ")
      })
  }

  @Test func `csv quotes what needs it`() {
    let table = Table(
      columns: [.init("a,b"), .init("c")], rows: [["say \"hi\"", "line\nbreak"], ["1", "é"], ["short"]])
    #expect(table.csv == "\"a,b\",c\r\n\"say \"\"hi\"\"\",\"line\nbreak\"\r\n1,é\r\nshort,\r\n")
  }

  @Test func `control characters never reach a terminal`() {
    let table = Table(columns: [.init("a", .left)], rows: [["x\u{1B}[31m\ty\r\nz\u{7}"]])
    #expect(table.text() == "a\n-----------------\nx\\x1b[31m y z\\x07")
  }

  @Test func `names and values without titles have no header`() throws {
    let table = Table(
      title: "session", columns: [.init("", .left), .init("", .left)], rows: [["data", "digits"], ["a", "b"]],
      note: "one\ntwo")
    #expect(table.text() == "session\ndata  digits\na     b\none\ntwo")
    #expect(!table.html().contains("<th") && table.html().contains("<p>one<br>\ntwo</p>"))
  }

  @Test func `an empty table is its header`() {
    #expect(Table(columns: [.init("a"), .init("b")], rows: []).text() == "a  b\n-  -")
    #expect(Table(columns: [], rows: []).text() == "")
  }

  @Test func `widths agree with wcwidth`() {
    for (text, width) in WidthReference.all {
      #expect(TextWidth.of(text) == width, "\(text)")
    }
  }

  @Test func `cutting keeps within the width and whole characters`() {
    #expect(TextWidth.cut("abcdefgh", to: 6) == "abc...")
    #expect(TextWidth.cut("日本語です", to: 8) == "日本...")
    #expect(TextWidth.cut("👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦", to: 5) == "👨‍👩‍👧‍👦...")
    #expect(TextWidth.pad("日", to: 4, right: true) == "  日")
  }
}
