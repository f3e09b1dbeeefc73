import Foundation
import Jupyter
import Testing
import Workbench

/// The page for people who come from other programs: its cells run, one after another in a session.
@Suite struct ComingFromTests {
  private static let page = Page("Workbench/Workbench.docc/ComingFrom.md")

  /// The blocks of this language: those of Python name it.
  private static let cells: [String] = page.kept.components(separatedBy: "\n```").enumerated()
    .filter { $0.offset % 2 == 1 && $0.element.hasPrefix("\n") }.map { String($0.element.dropFirst()) }

  @Test func `the cells of the page run`() throws {
    #expect(Self.cells.count == 3)
    let folder = try TemporaryFolder()
    let notebook = try Notebook("set progress=none")
    for cell in Self.cells {
      let placed = cell.replacing("\"studies.db\"", with: "\"\(folder.path)/studies.db\"")
        .replacing("\"model.attune\"", with: "\"\(folder.path)/model.attune\"")
      let answer = try notebook.run(placed)
      #expect(answer.failure == nil)
    }
    #expect(FileManager.default.fileExists(atPath: "\(folder.path)/studies.db"))
  }
}
