import ArgumentParser
import Workbench
import Foundation
import Kernel

struct KernelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kernel", abstract: "Serves the kernel that a connection file describes; Jupyter starts it so.")

  @Argument(help: "The connection file that the launcher wrote.", completion: .file())
  var connectionFile: String

  @Argument(parsing: .allUnrecognized, help: .hidden)
  var others: [String] = []

  func run() throws {
    // Launchers pass on what was meant for another kernel, as 'jupyter run' does with its own options.
    for argument in others { KernelProcess.complain("attune: warning: unknown argument '\(argument)' is not used") }
    let status = KernelProcess.serve(
      connectionFile: connectionFile, environment: ProcessInfo.processInfo.environment
    ) { Workbench() }
    throw ExitCode(status)
  }
}
