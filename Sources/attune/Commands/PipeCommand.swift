import ArgumentParser
import Kernel
import Workbench

struct PipeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pipe", abstract: "Runs cells for another program, in lines of JSON.",
    discussion: """
      A line {"code": "train", "expressions": {"x": "best.value"}} on standard input is a cell. Its outputs follow as \
      lines of JSON on standard output, and a line with "status" ends it. SIGINT interrupts the running cell. The Python \
      package is built on this.
      """)

  func run() throws { throw ExitCode(PipeRun(on: Workbench())()) }
}
