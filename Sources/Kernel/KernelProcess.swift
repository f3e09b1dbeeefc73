import FileAccess
import Glibc
import Jupyter
import Logging

/// A process that is a kernel and nothing else, as a launcher starts it.
package enum KernelProcess {
  /// Serves the interpreter where the connection file says, until the kernel is told to end. Returns the exit status:
  /// 0 after a proper end, 1 with one line on standard error if the kernel could not start or was left alone.
  package static func serve(
    connectionFile path: String, environment: [String: String], interpreter: () throws -> any Interpreter
  ) -> Int32 {
    CrashReport.install()
    let logger = self.logger(environment)
    do {
      var file = try ConnectionFile(path: path)
      if file.isReadableByOthers {
        logger.warning("\(path) can be read by other users of this machine, who could then run code in this kernel")
      }
      if file.connection.key.isEmpty { logger.warning("\(path) has no key: anyone who can connect is obeyed") }
      try ProcessLimits.check()
      let options = KernelOptions(
        historyFolder: dataFolder(environment) + "/history", environment: environment, handlesSignals: true,
        watchesParent: true, logger: logger)
      let kernel = try Kernel(serving: try interpreter(), on: file.connection, options: options)
      if kernel.connection.ports != file.connection.ports { try file.rewrite(ports: kernel.connection.ports) }
      return try kernel.run()
    } catch {
      complain("attune: \(error)")
      return 1
    }
  }

  /// Where what outlives a session is kept.
  package static func dataFolder(_ environment: [String: String]) -> String {
    if let folder = environment["XDG_DATA_HOME"], folder.hasPrefix("/") { return folder + "/attune" }
    return HomeFolder.path(environment) + "/.local/share/attune"
  }

  /// Logs to standard error; `ATTUNE_LOG` names the least level that is shown.
  private static func logger(_ environment: [String: String]) -> Logger {
    var logger = Logger(label: "attune") { StandardErrorLog(label: $0) }
    logger.logLevel = environment["ATTUNE_LOG"].flatMap { Logger.Level(rawValue: $0.lowercased()) } ?? .warning
    return logger
  }

  /// Says a line on standard error, if that can take it.
  package static func complain(_ line: String) { writeUnlessFull(line + "\n", to: STDERR_FILENO) }
}
