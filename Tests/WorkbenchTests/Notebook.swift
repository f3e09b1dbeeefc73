import Foundation
import Jupyter
import Testing
import Workbench

/// A workbench that is spoken to cell by cell, as a kernel does it.
final class Notebook {
  let workbench = Workbench()
  private var count = 0

  /// What came of one cell.
  struct Answer {
    var outcome: Outcome
    var events: [RecordingOutput.Event]

    var failure: Failure? { outcome.failure }
    var result: String? { outcome.result?.plainText }
    /// Everything written to a stream, in one piece.
    func written(to stream: Jupyter.OutputStream = .stdout) -> String {
      events.map { if case .stream(let text, let other) = $0, other == stream { text } else { "" } }.joined()
    }
    /// The displays as they stand at the end, updates applied.
    var displays: [MIMEBundle] {
      var shown: [(id: String?, bundle: MIMEBundle)] = []
      for event in events {
        switch event {
        case .display(let bundle, let id): shown.append((id, bundle))
        case .update(let bundle, let id):
          for index in shown.indices where shown[index].id == id { shown[index].bundle = bundle }
        case .clear: shown = []
        case .stream: break
        }
      }
      return shown.map(\.bundle)
    }
    /// Streams, displays and the result as a terminal would show them.
    var text: String {
      ([written()] + displays.map { $0.plainText ?? "" } + [result ?? ""]).filter { !$0.isEmpty }.joined(
        separator: "\n")
    }
  }

  init(_ setup: String...) throws {
    for cell in setup { try run(cell) }
  }

  /// Executes a cell that may fail.
  @discardableResult
  func execute(
    _ source: String, expressions: [String: String] = [:], isSilent: Bool = false, allowsInput: Bool = false,
    cellID: String? = nil, subshell: String? = nil, interruption: Interruption = Interruption(),
    output: RecordingOutput = RecordingOutput()
  ) -> Answer {
    count += 1
    let cell = Cell(
      source: source, userExpressions: expressions, isSilent: isSilent, allowsInput: allowsInput,
      metadata: cellID.map { ["cellId": .string($0)] } ?? [:], subshell: subshell, executionCount: count,
      interruption: interruption)
    return Answer(outcome: workbench.execute(cell, output: output), events: output.events)
  }

  /// Executes a cell that must not fail.
  @discardableResult
  func run(_ source: String, at location: SourceLocation = #_sourceLocation) throws -> Answer {
    let answer = execute(source)
    if let failure = answer.failure {
      Issue.record("\(source)\n\(failure.traceback.joined(separator: "\n"))", sourceLocation: location)
      throw failure
    }
    return answer
  }

  /// The JSON form of an expression, as `user_expressions` gives it in a silent, empty cell.
  func json(_ expression: String) throws -> JSON {
    let answer = execute("", expressions: ["value": expression], isSilent: true)
    return try #require(try answer.outcome.userExpressions["value"]?.get().data["application/json"])
  }
}

/// A folder that is deleted with the last reference to it.
final class TemporaryFolder {
  let path = NSTemporaryDirectory() + "attune-tests-" + UUID().uuidString

  init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(atPath: path) }

  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    try text.write(toFile: path + "/" + name, atomically: true, encoding: .utf8)
    return path + "/" + name
  }
}

extension MIMEBundle {
  var plainText: String? { data["text/plain"]?.string }
}
