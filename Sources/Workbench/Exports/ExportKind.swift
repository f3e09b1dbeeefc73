import Foundation
import Language
import NeuralNetworks

/// A thing that `export` writes, by name, with the formats it is written in.
struct ExportKind: Sendable {
  let name: String
  let help: String
  let formats: [ExportFormat]
  /// The files of an export, the one that was named last.
  let files: @Sendable (ExportRequest, ExportFormat) throws -> [ModelFormat.File]

  static let all: [ExportKind] = [.best, .run, .trials, .history]

  init(
    _ name: String, _ help: String, formats: [ExportFormat],
    files: @escaping @Sendable (ExportRequest, ExportFormat) throws -> [ModelFormat.File]
  ) {
    (self.name, self.help, self.formats, self.files) = (name, help, formats, files)
  }

  /// The format that a file's ending says.
  func format(of file: String, at span: Span) throws -> ExportFormat {
    let ending = (file as NSString).pathExtension.lowercased()
    guard let format = formats.first(where: { $0.ending == ending }) else {
      throw Diagnostic(
        ending.isEmpty
          ? "the file's ending says the format, and '\(file)' has none"
          : "export \(name) does not write .\(ending) files",
        at: span, hint: "expected " + formats.map { "." + $0.ending }.joined(separator: ", "))
    }
    return format
  }
}

/// A file's ending and what stands in such a file.
struct ExportFormat: Sendable {
  let ending: String
  let summary: String
  /// The packages that a program in this format needs; nil for data.
  var needs: String?
}
