import Foundation
import Language
import Testing
import Workbench

/// A file is what its name says, or is refused with the endings that are written.
@Suite struct PlotFileTests {
  @Test(arguments: ["l.jpg", "l", "l.svgz", "l.png.txt"]) func `another ending is refused`(name: String) {
    #expect(throws: Diagnostic.self) { try PictureFile(name, at: Span(0, 1)) }
  }

  @Test(arguments: [("svg", "<svg"), ("html", "<!DOCTYPE html>"), ("png", "\u{89}PNG"), ("pdf", "%PDF")])
  func `the content is the ending's`(ending: String, start: String) throws {
    let notebook = try Notebook("data iris", "train epochs=2")
    let file = NSTemporaryDirectory() + "plot-\(UUID().uuidString).\(ending)"
    defer { try? FileManager.default.removeItem(atPath: file) }
    _ = try notebook.run("plot loss to=\"\(file)\"")
    let bytes = try Data(contentsOf: URL(fileURLWithPath: file)).prefix(20)
    #expect(
      String(decoding: bytes, as: UTF8.self).hasPrefix(start)
        || bytes.starts(with: start.unicodeScalars.map { UInt8($0.value) }))
  }
}

/// Pictures come to life at the end of a command, unless they are to be still.
@Suite struct PlotModeTests {
  private func isLive(_ answer: Notebook.Answer) -> [Bool] {
    answer.displays.compactMap { bundle in
      guard case .string(let html)? = bundle.data["text/html"], bundle.data["image/svg+xml"] != nil else { return nil }
      return html.contains("onload=")
    }
  }

  @Test func `still pictures have no script`() throws {
    let notebook = try Notebook("data iris", "space\n    neurons in 4..64")
    #expect(isLive(try notebook.run("train epochs=2")) == [true])
    #expect(isLive(try notebook.run("tune trials=3 epochs=1")) == [true])
    #expect(isLive(try notebook.run("plot loss\nplot history\nplot confusion")) == [true, true, false])
    try notebook.run("set plots=still")
    #expect(isLive(try notebook.run("train epochs=2\ntune trials=1 epochs=1\nplot history")) == [false, false, false])
    #expect(try notebook.run("set").text.contains("plots=still"))
  }

  @Test func `the frames of a running command are images`() throws {
    let notebook = try Notebook("data iris", "network hidden=[8]")
    let answer = InterruptTests.interrupted("train epochs=100000", in: notebook, when: InterruptTests.isPlot)
    for event in answer.events {
      guard case .display(let bundle, let id?) = event, id.hasSuffix("-plot") else { continue }
      #expect(bundle.data["text/html"]?.string?.contains("onload=") == false)
    }
    #expect(isLive(answer) == [true])
  }
}
