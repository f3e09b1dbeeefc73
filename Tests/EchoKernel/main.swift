import EchoInterpreter
import Foundation
import Kernel

exit(
  KernelProcess.serve(connectionFile: CommandLine.arguments.last!, environment: ProcessInfo.processInfo.environment) {
    EchoInterpreter()
  })
