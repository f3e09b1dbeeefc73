import Datasets
import Foundation
import Jupyter
import Testing
import Vocabulary

/// Names that others gave things, in every exit: streams, tables, plots, errors, pages, exported programs.
@Suite struct StrangersTextTests {
  /// Escape, 8-bit escape, bell, a direction mark and a zero-width space.
  private static let bad = "r\u{1B}[31m\u{9B}31m\u{7}\u{202E}\u{200B}ed"
  private static let hidden = ["\u{1B}", "\u{9B}", "\u{7}", "\u{202E}", "\u{200B}"]

  private func check(_ text: String, _ what: String) {
    for scalar in Self.hidden { #expect(!text.contains(scalar), "\(what): \(text.prefix(300).debugDescription)") }
  }

  /// Every output of a cell, whether it succeeds or fails.
  private func exits(_ session: KeepingSession, _ cell: String) -> [String] {
    let output = RecordingOutput()
    let outcome = session.execute(cell, output: output)
    var texts = output.texts
    if let failure = outcome.failure { texts += [failure.message] + failure.traceback }
    texts += (outcome.result?.data ?? [:]).values.compactMap(\.string)
    for case .page(let bundle) in outcome.payloads { texts += bundle.data.values.compactMap(\.string) }
    return texts
  }

  /// Arrays of others' files, whose names are shown where they are not the ones that are looked for.
  @Test func `names in archives and in weight files steer nothing`() throws {
    let session = KeepingSession()
    let arrays: [NPZFile.Floats] = [
      .init(name: "x\(Self.bad)", shape: [2, 1], values: [1, 2]), .init(name: "y", shape: [2], values: [0, 1]),
      .init(name: "layers.0.\(Self.bad)", shape: [1], values: [0]),
    ]
    session.put("a.npz", try NPZFile.bytes(arrays))
    let header = Array(
      "{\"layers.0.\\u001b[31m\\u202e\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}".utf8)
    let length = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) }
    session.put("a.safetensors", length + header + [0, 0, 0, 0])
    session.put("a.json", "{\"layers.0.\\u001b[31m\\u202e\": [[1]]}")
    _ = exits(session, "data iris\nnetwork hidden=[2]")
    for cell in [
      "data npz(\"@/a.npz\")", "data \"@/a.npz\"", "import weights from=\"@/a.npz\"",
      "import weights from=\"@/a.safetensors\"", "import weights from=\"@/a.json\"",
    ] {
      let texts = exits(session, cell)
      #expect(!texts.isEmpty, "\(cell)")
      for text in texts { check(text, cell) }
    }
  }

  /// A line end in a name would let a file or a study write lines of its own.
  @Test func `a message is one line, whatever a name holds`() {
    let session = KeepingSession()
    session.put("t.csv", "a,b\n1,2\n3,4\n")
    let name = "no\\nstudy s1, best 2 of 2\\rdone"
    for cell in [
      "data csv(\"@/t.csv\", target=\"\(name)\")", "data csv(\"@/\(name).csv\")", "load \"@/\(name)\"",
      "study open \"\(name)\"",
      "run(\"\(name)\")", "set progress=\"\(name)\"", "{\"a\": 1}[\"\(name)\"]", "int(\"\(name)\")",
    ] {
      let message = session.failure(cell)?.message ?? "\n"
      #expect(!message.contains("\n") && !message.contains("\r"), "\(cell): \(message)")
    }
  }

  /// The system's calls end a name at its first zero character: another file would be read or written.
  @Test(arguments: [
    "save \"@/a\\x00b\"", "study storage \"@/a\\x00b.db\"", "export run to=\"@/a\\x00b.npz\"",
    "plot loss to=\"@/a\\x00b.svg\"",
    "train epochs=1 checkpoint=\"@/a\\x00b\"", "load \"@/t.csv\\x00b\"", "data csv(\"@/t.csv\\x00b\")",
    "import weights from=\"@/t.csv\\x00.npz\"", "export history to=\"@/a\\x00b.csv\"",
    "evaluate csv(\"@/t.csv\\x00b\")",
    "study storage \"sqlite:///@/a\\x00b.db\"",
  ]) func `no file's name has a zero character`(cell: String) {
    let session = KeepingSession()
    session.put("t.csv", "a,b\n1,2\n3,4\n")
    session.run("data iris\nnetwork hidden=[2]\ntrain epochs=1")
    #expect(session.failure(cell)?.message.contains("zero character") == true)
    #expect(session.files == ["t.csv"])
  }

  @Test func `no exit lets a name steer the terminal`() {
    let session = KeepingSession()
    let bad = Self.bad
    let rows = (0..<60).map { "\($0 % 7),\(bad)\($0 % 3),\($0 % 2 == 0 ? bad : "no")" }
    session.put("t.csv", ("a\(bad),town\(bad),kind\(bad)\n" + rows.joined(separator: "\n") + "\n"))
    let name = "\\x1b[31m\\x9b31m\\x07\\u202e\\u200bname"
    for cell in [
      "data csv(\"@/t.csv\")", "show data", "data", "data.features", "plot data", "network hidden=[2]",
      "train epochs=2 name=\"\(name)\"", "show run", "runs", "run.name", "plot loss", "plot network", "plot confusion",
      "evaluate test", "predict test", "print \"\(name)\"", "print data.classes", "print run.name to=stderr",
      "x = \"\(name)\"", "x", "x?", "train epochs=1 name=\"\(name)\" optimizer=\"\(name)\"", "load \"\(name)\"",
      "load \"@/\(name)\"", "save \"@/\(name).attune\"", "save \"@/\(name).attune\"", "load \"@/\(name).attune\"",
      "export run to=\"@/\(name).py\"", "export run \"\(name)x\" to=\"@/x.py\"", "study new \"\(name)\"", "study list",
      "study open \"\(name)2\"", "space\n    neurons in {2, 3}", "tune trials=1 epochs=1", "study", "trials", "best",
      "import weights from=\"@/\(name).npz\"", "data npz(\"@/\(name).npz\")",
      "data csv(\"@/t.csv\", target=\"\(name)\")",
    ] {
      for text in exits(session, cell) { check(text, cell) }
    }
    for file in session.files where file.hasSuffix(".py") { check(session.text(file), file) }
  }
}
