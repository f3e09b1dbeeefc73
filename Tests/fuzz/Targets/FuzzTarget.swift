import Foundation

/// One way in for bytes that others wrote: it may refuse them, but never die, hang or grow without bound.
package struct FuzzTarget: Sendable, CustomStringConvertible {
  package let name: String
  /// Inputs to begin with, beside those in `Tests/fuzz/corpus`.
  package let seeds: @Sendable () -> [[UInt8]]
  /// Takes the bytes in. What it throws or answers is for tests; here it only has to return.
  package let take: @Sendable ([UInt8]) -> Void
  /// Inputs that the package's tests try, beside what `Tests/fuzz/run` does: fewer if each is a session's work.
  package let inputs: Int

  package var description: String { name }

  init(
    _ name: String, inputs: Int = 40, seeds: @escaping @Sendable () -> [[UInt8]] = { [] },
    take: @escaping @Sendable ([UInt8]) -> Void
  ) {
    (self.name, self.inputs, self.seeds, self.take) = (name, inputs, seeds, take)
  }

  /// Every reader, and the language from parser to evaluator.
  package static let all: [FuzzTarget] =
    tables + [model, checkpoint, safetensors, weightsJSON, notebook, connection, wire, parser, completer, cells]
    + [studyFile, studyRows]

  /// The kept inputs of the target: crashers that were found, and files from other programs.
  package var corpus: [(name: String, bytes: [UInt8])] {
    let folder = Self.folder.appending(path: "corpus/\(name)")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().compactMap { file in
      (try? Data(contentsOf: folder.appending(path: file))).map { (file, [UInt8]($0)) }
    }
  }

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
}

/// A folder of this process alone, in memory if the machine has such a place.
enum Scratch {
  static let folder: String = {
    let base = FileManager.default.fileExists(atPath: "/dev/shm") ? "/dev/shm" : NSTemporaryDirectory()
    let folder = "\(base)/attune-fuzz-\(getpid())-\(UInt32.random(in: 0 ... .max))"
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return folder
  }()

  /// Writes the bytes to a file of that name, in a folder for one thread's use, and passes its path on.
  static func with(_ bytes: [UInt8], as name: String, _ body: (String) -> Void) {
    let own = folder + "/\(pthread_self())"
    try? FileManager.default.createDirectory(atPath: own, withIntermediateDirectories: true)
    let path = own + "/" + name
    try? Data(bytes).write(to: URL(filePath: path))
    body(path)
    try? FileManager.default.removeItem(atPath: path)
  }
}
