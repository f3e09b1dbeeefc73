import Foundation
import Jupyter

/// What Jupyter reads to list and start the kernel: `kernel.json` and three logos.
struct Kernelspec {
  var executable: String

  private var kernelDescription: JSON {
    [
      "argv": [.string(executable), "kernel", "{connection_file}"], "display_name": "Attune", "language": "attune",
      "interrupt_mode": "message", "kernel_protocol_version": .string(protocolVersion),
      // The trainer's own threads are the parallelism; OpenBLAS's would only fight with them.
      "env": ["OPENBLAS_NUM_THREADS": "1"],
      "metadata": ["debugger": false, "supported_encryption": ["curve"]],
    ]
  }

  /// Writes the folder, in place of an older one, whole or not at all.
  func write(to folder: String) throws {
    let files = FileManager.default
    let target = URL(filePath: folder)
    let parent = target.deletingLastPathComponent()
    try files.createDirectory(at: parent, withIntermediateDirectories: true)
    let draft = parent.appending(component: ".attune-\(getpid())")
    try? files.removeItem(at: draft)
    try files.createDirectory(at: draft, withIntermediateDirectories: false)
    do {
      try Data(kernelDescription.bytes).write(to: draft.appending(component: "kernel.json"))
      for (name, content) in Logos.all { try content.write(to: draft.appending(component: name)) }
      if files.fileExists(atPath: folder) { try files.removeItem(at: target) }
      try files.moveItem(at: draft, to: target)
    } catch {
      try? files.removeItem(at: draft)
      throw error
    }
  }

  /// Removes the folder; false if there is none.
  static func remove(from folder: String) throws -> Bool {
    guard FileManager.default.fileExists(atPath: folder + "/kernel.json") else { return false }
    try FileManager.default.removeItem(atPath: folder)
    return true
  }
}
