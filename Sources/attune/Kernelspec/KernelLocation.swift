import ArgumentParser
import FileAccess
import Foundation
import Jupyter

/// A place where Jupyter looks for kernels.
enum KernelLocation {
  case user
  case prefix(String)

  /// The folder of Attune's kernelspec.
  var kernelFolder: String { jupyterData + "/kernels/attune" }

  private var jupyterData: String {
    let environment = ProcessInfo.processInfo.environment
    switch self {
    case .prefix(let prefix): return URL(filePath: prefix).standardizedFileURL.path + "/share/jupyter"
    case .user:
      if let folder = environment["JUPYTER_DATA_DIR"], !folder.isEmpty { return folder }
      if let folder = environment["XDG_DATA_HOME"], !folder.isEmpty { return folder + "/jupyter" }
      return HomeFolder.path(environment) + "/.local/share/jupyter"
    }
  }

  /// The prefix of the active Python environment: the one that is activated, else what `python3` says of itself.
  static func pythonPrefix() throws -> String {
    let environment = ProcessInfo.processInfo.environment
    for name in ["VIRTUAL_ENV", "CONDA_PREFIX"] {
      if let prefix = environment[name], !prefix.isEmpty { return prefix }
    }
    let python = Process()
    python.executableURL = URL(filePath: "/usr/bin/env")
    python.arguments = ["python3", "-c", "import sys; print(sys.prefix)"]
    let output = Pipe()
    python.standardOutput = output
    try python.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    python.waitUntilExit()
    let prefix = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard python.terminationStatus == 0, !prefix.isEmpty else {
      throw ValidationError("No Python environment is active and python3 does not answer; say --prefix DIR.")
    }
    return prefix
  }
}
