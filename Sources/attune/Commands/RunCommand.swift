import ArgumentParser
import Workbench
import Foundation
import Jupyter
import Kernel

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Runs a file of commands, or a notebook, without Jupyter.",
    discussion: """
      Tables, plots and text go to the terminal. The exit status is 1 if a cell failed. Relative paths in the file start \
      at the file's own folder.
      """)

  @Argument(help: "A file of commands (.attune) or a notebook (.ipynb).", completion: .file())
  var file: String

  func run() throws {
    let cells = try Self.cells(of: file)
    let folder = URL(filePath: file).deletingLastPathComponent().path
    guard FileManager.default.changeCurrentDirectoryPath(folder) else {
      throw ValidationError("The folder \(folder) cannot be entered.")
    }
    throw ExitCode(ScriptRun(on: Workbench())(cells))
  }

  private static func cells(of file: String) throws -> [Notebook.CodeCell] {
    guard let content = FileManager.default.contents(atPath: file) else {
      throw ValidationError("\(file) cannot be read.")
    }
    guard file.hasSuffix(".ipynb") else {
      return [Notebook.CodeCell(source: String(decoding: content, as: UTF8.self), mayFail: false)]
    }
    do { return try Notebook(JSON(parsing: Array(content))).cells } catch {
      throw ValidationError("\(file) is not a notebook: \(error).")
    }
  }
}
