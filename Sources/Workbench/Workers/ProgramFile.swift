import Foundation

/// The file that starts this program again: from a kernelspec, or as a worker, perhaps on a machine with another processor.
package enum ProgramFile {
  /// An absolute path. Throws if /proc is not there.
  package static func path() throws -> String {
    path(of: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
  }

  /// `program` itself, or where pip installed it and it is one of several for different processors, the launcher that chooses:
  /// `PREFIX/bin/attune` for `PREFIX/lib/attune/attune-v3`.
  package static func path(of program: String) -> String {
    let file = URL(filePath: program)
    let folder = file.deletingLastPathComponent()
    guard file.lastPathComponent.hasPrefix("attune-"), folder.path.hasSuffix("/lib/attune") else { return program }
    let launcher = folder.appending(path: "../../bin/attune").standardizedFileURL.path
    return FileManager.default.isExecutableFile(atPath: launcher) ? launcher : program
  }
}
