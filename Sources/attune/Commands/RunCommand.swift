import ArgumentParser
import Foundation
import Jupyter
import Kernel
import Workbench

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Runs a file of commands, or a notebook, without Jupyter.",
    discussion: """
      Tables, plots and text go to the terminal. The exit status is 0 if every cell ran, 1 if one failed, 130 after an \
      interrupt, and what 'exit N' asks for. Relative paths in a file start at the file's own folder.
      """)

  @Argument(
    help: "A file of commands (.attune) or a notebook (.ipynb); '-' reads standard input.", completion: .file())
  var file: String?

  @Option(
    name: .customShort("c"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Commands to run instead of a file; each -c is a cell.", valueName: "commands"))
  var commands: [String] = []

  @Option(
    name: .customShort("p"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Sets a name after the cell tagged 'parameters', or after the assignments that a file begins with.",
      valueName: "name=value"))
  var parameters: [String] = []

  @Flag(help: "Prints each command before its output.")
  var echo = false

  func validate() throws {
    if let option = Self.unknownOption(ProcessArguments.words) { throw ValidationError("Unknown option '\(option)'.") }
    if (file == nil) == commands.isEmpty { throw ValidationError("Give a file, '-' or -c 'commands'.") }
    _ = try values()
  }

  func run() throws {
    let script = try commands.isEmpty ? Script(file: file ?? "-") : Script(commands: commands)
    if let folder = script.folder, !FileManager.default.changeCurrentDirectoryPath(folder) {
      throw ValidationError("The folder \(folder) cannot be entered.")
    }
    let cells = ScriptParameter.set(try values(), in: script.cells(splitting: !parameters.isEmpty))
    throw ExitCode(ScriptRun(on: Workbench(), echoing: echo)(cells))
  }

  /// The parser names an unknown option only if all else is right.
  private static func unknownOption(_ words: [String]) -> String? {
    let known = ["--echo", "--help", "--version"]
    return zip(words, [""] + words).first { word, before in
      word.hasPrefix("--") && word.count > 2 && !known.contains(word) && before != "-c" && before != "-p"
    }?.0
  }

  private func values() throws -> [ScriptParameter] {
    do { return try parameters.map { try ScriptParameter($0) } } catch { throw ValidationError("-p: \(error).") }
  }
}
