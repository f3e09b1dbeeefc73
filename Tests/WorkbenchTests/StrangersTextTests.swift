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
