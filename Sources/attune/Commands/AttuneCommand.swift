import ArgumentParser
import LinearAlgebra
import Workbench

/// The program: what stands on its command line is one of these.
struct AttuneCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attune",
    abstract: "Tunes neural networks by short commands: a Jupyter kernel, and a runner of files.",
    version: "Attune \(Workbench.version), \(InstructionSet.current.rawValue)",
    subcommands: [
      InstallCommand.self, UninstallCommand.self, KernelCommand.self, RunCommand.self, PipeCommand.self,
      WorkerCommand.self,
    ])
}
