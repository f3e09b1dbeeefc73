import ArgumentParser
import Foundation
import Jupyter
import Kernel
import Workbench

/// What `attune run` runs: text from the command line, a file, a pipe or standard input, told apart by what is in it.
struct Script {
  private enum Content {
    /// Of `-c`, each a cell.
    case given([String])
    case commands(String)
    case notebook([Notebook.CodeCell])
  }
  private let content: Content
  /// Where its relative paths start; nil where it has no place of its own.
  let folder: String?

  init(commands: [String]) {
    content = commands.count == 1 ? .commands(commands[0]) : .given(commands)
    folder = nil
  }

  /// "-" is standard input.
  init(file: String) throws {
    let path = file == "-" ? "/dev/stdin" : file
    let bytes: [UInt8]
    do { bytes = try InputFile.read(path) } catch { throw ValidationError("'\(file)' cannot be read: \(error).") }
    folder = InputFile.isRegular(path) ? URL(filePath: path).deletingLastPathComponent().path : nil
    let text = try Self.text(of: bytes, in: file)
    // A notebook whatever its name is; a file named like one must be one.
    let isNamed = file.lowercased().hasSuffix(".ipynb")
    let json =
      text.drop { $0.isWhitespace }.first == "{" || isNamed ? Result { try JSON(parsing: Array(text.utf8)) } : nil
    do {
      guard let json, isNamed || (try? json.get())?["nbformat"] != nil else {
        content = .commands(text)
        return
      }
      content = .notebook(try Notebook(json.get()).cells)
    } catch {
      throw ValidationError("'\(file)' is not a notebook: \(error).")
    }
  }

  /// A file of commands is one cell; split, its first assignments are one of their own.
  func cells(splitting isSplit: Bool) -> [Notebook.CodeCell] {
    switch content {
    case .given(let texts):
      (isSplit ? ScriptParameter.split(texts[0]) : [Notebook.CodeCell(source: texts[0])])
        + texts.dropFirst().map { Notebook.CodeCell(source: $0) }
    case .commands(let text): isSplit ? ScriptParameter.split(text) : [Notebook.CodeCell(source: text)]
    case .notebook(let cells): cells
    }
  }

  private static func text(of bytes: [UInt8], in file: String) throws -> String {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let content = bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes[...]
    if let text = String(validating: content, as: UTF8.self) { return text }
    // The first place where decoding and encoding give another byte than there is.
    let decoded = String(decoding: content, as: UTF8.self).utf8
    let offset = zip(content, decoded).prefix { $0 == $1 }.count
    let place = content.startIndex + offset
    let line = content[..<place].count { $0 == UInt8(ascii: "\n") } + 1
    let byte = place < content.endIndex ? "0x" + String(content[place], radix: 16) : "the end"
    throw ValidationError("'\(file)' is not UTF-8 text: line \(line) has \(byte) at byte \(place + 1).")
  }
}
