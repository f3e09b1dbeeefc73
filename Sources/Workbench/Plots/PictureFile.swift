import Drawing
import Foundation
import Language
import Vocabulary

/// A file that a picture is written to: its ending says what is in it.
package struct PictureFile {
  enum Kind: String, CaseIterable { case svg, html, png, pdf }

  let name: String
  private let kind: Kind
  private let converter: String?
  private let span: Span

  /// Throws a diagnostic for an ending that is not written, or not on this machine.
  package init(_ name: String, at span: Span) throws {
    let ending = (name as NSString).pathExtension.lowercased()
    (self.name, self.span) = (name, span)
    let converter = Self.converter
    let written = Kind.allCases.filter { converter != nil || !$0.needsConverter }.map { "." + $0.rawValue }
    guard let kind = Kind(rawValue: ending) else {
      throw Diagnostic(
        ending.isEmpty ? "'\(name)' has no ending that says what to write" : "pictures are not written as '.\(ending)'",
        at: span, hint: "use " + written.joined(separator: ", "))
    }
    if kind.needsConverter, converter == nil {
      throw Diagnostic(
        ".\(ending) needs the program rsvg-convert, which is not installed", at: span,
        hint: "use \(written.joined(separator: " or ")), or install librsvg2-bin")
    }
    (self.kind, self.converter) = (kind, converter)
  }

  /// Throws a diagnostic if the converter fails.
  func bytes(_ picture: Picture) throws -> [UInt8] {
    switch kind {
    case .svg: return Array(picture.svg.utf8)
    case .html:
      let title = VisibleText.cleaned(picture.title).replacing("&", with: "&amp;").replacing("<", with: "&lt;")
      return Array(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>\(title)</title></head>\n<body>\(picture.liveHTML)</body></html>\n"
          .utf8)
    case .png, .pdf: return try converted(picture)
    }
  }

  private func converted(_ picture: Picture) throws -> [UInt8] {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("attune-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (source, made) = (folder.appendingPathComponent("picture.svg"), folder.appendingPathComponent("picture"))
    try Foundation.Data(picture.svg.utf8).write(to: source)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: converter ?? "")
    // Two pixels per CSS pixel: sharp on today's screens.
    process.arguments =
      ["--format", kind.rawValue] + (kind == .png ? ["--zoom", "2"] : [])
      + ["--output", made.path, source.path]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    do { try process.run() } catch { throw Diagnostic("rsvg-convert cannot be started", at: span) }
    process.waitUntilExit()
    guard process.terminationStatus == 0, let data = try? Foundation.Data(contentsOf: made), !data.isEmpty else {
      throw Diagnostic("rsvg-convert could not write '\(name)'", at: span, hint: "use a name that ends in .svg")
    }
    return [UInt8](data)
  }

  private static var converter: String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":")
    return folders.map { $0 + "/rsvg-convert" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }
}

extension PictureFile.Kind {
  var needsConverter: Bool { self == .png || self == .pdf }
}
