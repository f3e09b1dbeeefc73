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
