import ArgumentParser
import Workbench
import Foundation
import Kernel

struct KernelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kernel", abstract: "Serves the kernel that a connection file describes; Jupyter starts it so.")

  @Argument(help: "The connection file that the launcher wrote.", completion: .file())
  var connectionFile: String

  func run() throws {
    let status = KernelProcess.serve(
      connectionFile: connectionFile, environment: ProcessInfo.processInfo.environment
    ) { Workbench() }
    throw ExitCode(status)
  }
}
