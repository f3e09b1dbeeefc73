import Foundation
import Jupyter
import Testing
import Workbench

/// `tune confirm=`: the best few are trained again, and that chooses; reproducible, resumed, kept.
@Suite struct ConfirmTests {
  static let space = "space\n    neurons in {4, 8, 16, 32}\n    learning_rate in log(1e-3..1e-1)"

  @Test func `the same table whatever runs side by side`() throws {
    let texts = try [1, 3].map { parallel in
      let notebook = try Notebook("set progress=none", "data iris", Self.space, "tune trials=8 epochs=3 parallel=2;")
      return try notebook.run(
        "enqueue neurons=4 learning_rate=0.001;\ntune trials=1 confirm=4 parallel=\(parallel);\nbest"
      ).text
    }
    #expect(texts[0] == texts[1] && texts[0].contains("mean of "))
  }

  @Test func `the choice is the least mean, in a new session too`() throws {
    let folder = try TemporaryFolder()
    let file = "study storage \"\(folder.path)/s.db\""
    let notebook = try Notebook("data iris", file, Self.space)
    let answer = try notebook.run("tune trials=12 epochs=3 confirm=4 parallel=2")
    #expect(answer.text.contains("trained again") && answer.text.contains("with fresh seeds"))
    let best = try notebook.json("best.number")
    #expect(try notebook.json("run.trial") == best, "the network kept is the chosen one's")
    // The table's mark is the least of its means.
    let table = try #require(answer.displays.first { $0.plainText?.contains("mean now") == true }?.plainText)
    let rows = table.split(separator: "\n").dropFirst(3).map { $0.split(separator: " ").map(String.init) }
    let first = try #require(rows.first)
    #expect(first[0] == "*" && best.int.map(String.init) == first[1], "\(table)")
    let means = rows.map { row in Double(row[row.count - 3]) ?? .nan }
    #expect(means == means.sorted() && means.count == 4, "\(table)")
    let other = try Notebook("data iris", file, "study open \"study-1\"")
    #expect(try other.json("best.number") == best)
    #expect(try other.json("best.interval") == notebook.json("best.interval"))
  }

  /// A confirmation that is asked for again trains nothing, and says the same.
  @Test func `what was trained is not trained again`() throws {
    let notebook = try Notebook("set progress=none", "data iris", Self.space, "tune trials=8 epochs=3 confirm=3;")
    let before = try notebook.run("best").text
    // The ninth trial is the worst: the candidates stay.
    try notebook.run("enqueue neurons=4 learning_rate=0.001\ntune trials=1 confirm=3;")
    #expect(try notebook.run("best").text == before)
  }

  @Test func `what cannot be confirmed is refused`() throws {
    let notebook = try Notebook("data iris", Self.space)
    let several = notebook.execute("tune trials=2 objective=[val_loss, parameters] confirm=3")
    #expect(several.failure?.message.contains("one objective") == true)
    let program = notebook.execute("tune trials=2 program=\"true {neurons} {learning_rate}\" confirm=3")
    #expect(program.failure?.message.contains("no effect with program=") == true)
  }

  @Test func `best has what may be quoted`() throws {
    let notebook = try Notebook(
      "data digits", Self.space, "tune trials=12 epochs=3 objective=val_accuracy sampler=random")
    let interval = try #require(try notebook.json("best.interval").array?.compactMap(\.measure))
    let value = try #require(try notebook.json("best.value").measure)
    #expect(interval.count == 2 && interval[0] < value && value <= interval[1] + 0.02 && interval[1] <= 1)
    let ties = try #require(try notebook.json("best.ties").array?.compactMap(\.int))
    let number = try #require(try notebook.json("best.number").int)
    #expect(!ties.contains(number))
    let chance = try #require(try notebook.json("best.beats_default").measure)
    #expect(chance > 0.5 && chance <= 1)
    // Each tie is within what the rows can tell, and the worst trial is none.
    let values = try #require(try notebook.json("trials").array).map { $0["value"]?.measure ?? 0 }
    let worst = try #require(values.indices.min { values[$0] < values[$1] })
    #expect(!ties.contains(worst), "\(values)")
    // Another program's values have no interval, and nothing fails.
    let external = try Notebook(
      "space external\n    a in 0.0..1.0", "study new \"m\"", "ask;\ntell 0 1\nask;\ntell 1 2")
    #expect(try external.json("best.interval") == .null && external.json("best.ties") == .array([]))
  }

  @Test func `evaluate has intervals of rows that chose nothing`() throws {
    let notebook = try Notebook("data digits", "train epochs=3", "evaluate test")
    let interval = try notebook.json("evaluate.interval")
    let bounds = (interval["accuracy"]?.array ?? []).compactMap(\.measure)
    #expect(bounds.count == 2)
    let accuracy = try #require(try notebook.json("evaluate.accuracy").measure)
    // Wilson's interval of 359 rows, solved for: (p - a)^2 = z^2 a (1 - a) / m at both ends.
    for bound in bounds {
      let z = (accuracy - bound) / (bound * (1 - bound) / 359).squareRoot()
      #expect(abs(abs(z) - 1.959964) < 1e-4, "\(bound)")
    }
    #expect(interval["loss"]?.array?.count == 2)
    try notebook.run("evaluate validation")
    #expect(try notebook.json("evaluate.interval") == .object([:]))
    let small = try Notebook("data iris", "train epochs=1")
    #expect(try small.run("evaluate test").text.contains("95 % interval"))
  }
}
