import Foundation
import Language
import NeuralNetworks
import Vocabulary

extension Command {
  package static let export = Command(
    "export", "writes a network, the trials of the study or a run's history to a file",
    positionals: [
      Option("what", .word(ExportKind.all.map(\.name)), required: true, "what to write"),
      Option("run", .name(.run), "a run's name; the latest by default"),
    ],
    options: [
      Option("to", .path, required: true, "the file; its extension selects the format"),
      Option("replace", .bool, default: .bool(false), "overwrites an existing file"),
    ],
    changesSession: false,
    details: ExportKind.all.map {
      "\($0.name): \($0.help)\n" + $0.formats.map { "    .\($0.ending)  \($0.summary)" }.joined(separator: "\n")
    }
    .joined(separator: "\n") + "\n"
      + """
      The best trial of a study that another session has run is trained again from its own seed, which gives the same network.
      Networks take rows of raw features: the standardising goes with them (in .onnx, .json and .py; .npz and .safetensors
      hold the weights alone).
      """,
    examples: [
      "export best to=\"best.py\"", "export run \"deep\" to=\"deep.onnx\"",
      "export trials to=\"trials.csv\" replace=true",
      "export history to=\"run.csv\"",
    ],
    check: { written, scope in
      // An ending that nothing is written in is seen before the cell's first statement runs.
      guard let kind = ExportKind.all.first(where: { $0.name == written.positionals.first?.bareWord }),
        let (_, target) = written.keywords.first(where: { $0.0.text == "to" }),
        let text = try scope.value(of: target).text
      else { return }
      _ = try kind.format(of: text, at: target.span)
    }
  ) { invocation, context in
    let kind = ExportKind.all.first { $0.name == invocation.text(at: 0) }!
    let request = ExportRequest(invocation: invocation, context: context)
    let format = try kind.format(of: request.target, at: invocation.span(of: "to"))
    try Files.checkWritable(request.target, replace: request.replaces)
    let files = try kind.files(request, format)
    for file in files { try Files.checkWritable(request.path(of: file), replace: request.replaces) }
    for file in files { try Files.write(file.bytes, to: request.path(of: file), replace: request.replaces) }
    guard !invocation.isQuiet else { return }
    context.print("wrote " + files.reversed().map(request.path).joined(separator: " and "))
    if let needs = format.needs { context.print("\(files[files.count - 1].name) needs \(needs)") }
  }
}

/// What one `export` was asked.
struct ExportRequest {
  let invocation: Invocation
  let context: CellContext

  /// As typed.
  var target: String { invocation.text("to")! }
  var replaces: Bool { invocation.bool("replace")! }
  /// The file's name without its folder and ending.
  var stem: String { ((target as NSString).lastPathComponent as NSString).deletingPathExtension }

  /// Where a file of the export lies: in the folder of the one that was named.
  func path(of file: ModelFormat.File) -> String {
    let folder = (target as NSString).deletingLastPathComponent
    return folder.isEmpty ? file.name : (folder as NSString).appendingPathComponent(file.name)
  }

  /// The run that was named, or the latest.
  func run() throws -> Run {
    let named = invocation.positionals.dropFirst().first
    return try context.run(named: named?.value.text, at: named?.span ?? invocation.span)
  }

  /// The same, trained again where it is the best trial of a study that another session has run.
  func trainedRun() throws -> Run {
    let named = invocation.positionals.dropFirst().first
    return try context.trainedRun(
      named: named?.value.text, at: named?.span ?? invocation.span, quiet: invocation.isQuiet)
  }

  func takesNoRun(_ what: String) throws {
    if let extra = invocation.positionals.dropFirst().first {
      throw Diagnostic(
        "export \(what) takes no run", at: extra.span, hint: "export run \"name\" writes a run's network")
    }
  }
}
