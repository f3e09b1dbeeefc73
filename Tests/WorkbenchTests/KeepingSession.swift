import Foundation
import Jupyter
import Synchronization
import Testing
import Workbench

/// A workbench whose files lie in a folder of their own: `@` in a cell stands for it.
final class KeepingSession: CellOutput {
  let folder: String
  private let workbench = Workbench()
  private let written = Mutex("")

  init(folder: String? = nil) {
    self.folder = folder ?? FileManager.default.temporaryDirectory.path + "/attune-keeping-\(UUID().uuidString)"
    try? FileManager.default.createDirectory(atPath: self.folder, withIntermediateDirectories: true)
  }

  /// The failure of a cell, if it fails.
  @discardableResult
  func failure(_ source: String) -> Failure? {
    let source = source.replacing("@", with: folder)
    return workbench.execute(Cell(source: "set progress=none\n" + source), output: self).failure
  }

  /// A cell that may do either, with its outputs.
  func execute(_ source: String, output: any CellOutput) -> Outcome {
    workbench.execute(Cell(source: source.replacing("@", with: folder)), output: output)
  }

  /// The names of the folder's files.
  var files: [String] { (try? FileManager.default.contentsOfDirectory(atPath: folder).sorted()) ?? [] }

  /// A cell that must succeed; what it wrote and displayed as text.
  @discardableResult
  func run(_ source: String, sourceLocation: SourceLocation = #_sourceLocation) -> String {
    written.withLock { $0 = "" }
    let failure = failure(source)
    #expect(failure == nil, sourceLocation: sourceLocation)
    return written.withLock { $0 }
  }

  /// The JSON of an expression.
  func value(_ expression: String) -> JSON? {
    let outcome = workbench.execute(
      Cell(source: "", userExpressions: ["value": expression], isSilent: true), output: self)
    return try? outcome.userExpressions["value"]?.get().data["application/json"]
  }

  func file(_ name: String) -> [UInt8] {
    [UInt8]((try? Foundation.Data(contentsOf: URL(filePath: folder + "/" + name))) ?? .init())
  }

  func text(_ name: String) -> String { String(decoding: file(name), as: UTF8.self) }

  func put(_ name: String, _ text: String) { put(name, Array(text.utf8)) }
  func put(_ name: String, _ bytes: [UInt8]) {
    try? Foundation.Data(bytes).write(to: URL(filePath: folder + "/" + name))
  }

  func write(_ text: String, to stream: Jupyter.OutputStream) { written.withLock { $0 += text } }
  func display(_ bundle: MIMEBundle, id: String?) {
    written.withLock { $0 += (bundle.data["text/plain"]?.string ?? "") + "\n" }
  }
  func update(_ bundle: MIMEBundle, id: String) {}
  func clear(wait: Bool) {}
}
